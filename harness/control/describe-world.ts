import { createRequire } from 'node:module'
import type { Idp } from '../../idp/index.ts'
import type { Partner } from '../../sp-emulator/index.ts'
import type { ServedRealm } from '../roles/run-elasticsearch.ts'
import type { RunningParties } from '../roles/running-parties.ts'

const { version } = createRequire(import.meta.url)('sloop/package.json') as { version: string }

/** Who runs here, and where and by what each is known. */
export function describeWorld(running: RunningParties) {
  const { es, places, clocks } = running
  const stands = clocks.all()
  const parties = places.map((place) => ({
    ...place,
    ...describeParty(place, running),
    version: place.role === 'es' ? (es?.version ?? null) : null,
    clock: stands[place.name] ?? {},
  }))
  const realms = (es?.realms ?? []).map(({ name, entityId, acsUrl, spMetadata, certificate }) => {
    return { name, entityId, acs: acsUrl, metadata: spMetadata(), certificate }
  })
  return { parties, realms, version }
}

const nobody = { entityId: null, certificate: null, endpoints: {} }

function describeParty({ name, role, url }: RunningParties['places'][number], { idp, es, partners }: RunningParties) {
  if (role === 'idp') return idp === undefined ? nobody : describeIdp(idp, url)
  if (role === 'es') return nobody
  const partner = partners.get(name)
  if (partner !== undefined) return describePartner(partner)
  const realm = es?.realms.find(({ acsUrl }) => acsUrl.startsWith(`${url}/`))
  return realm === undefined ? nobody : describeApplication(realm)
}

function describeIdp({ entityId, certificate }: Idp, url: string) {
  const paths = { metadata: '/metadata', sso: '/sso', slo: '/slo', soap: '/slo/soap', portal: '/' }
  const endpoints = Object.fromEntries(Object.entries(paths).map(([name, path]) => [name, `${url}${path}`]))
  return { entityId, certificate, endpoints }
}

function describePartner({ endpoints: { entityId, acsUrl, sloUrl }, certificate }: Partner) {
  return { entityId, certificate, endpoints: { acs: acsUrl, slo: sloUrl } }
}

/** What an application is to the IdP, its realm says. */
function describeApplication({ entityId, certificate, acsUrl, logoutUrl }: ServedRealm) {
  return { entityId, certificate, endpoints: { acs: acsUrl, ...(logoutUrl !== '' && { slo: logoutUrl }) } }
}
