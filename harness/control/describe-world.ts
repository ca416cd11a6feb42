import { createRequire } from 'node:module'
import type { Idp } from '../../idp/index.ts'
import type { RunningParties } from '../roles/running-parties.ts'

const { version } = createRequire(import.meta.url)('sloop/package.json') as { version: string }

/** Who runs here, and where and by what each is known. */
export function describeWorld({ idp, es, places }: RunningParties) {
  const parties = places.map(({ name, role, url }) => ({
    name,
    role,
    url,
    ...(role === 'idp' && idp !== undefined ? describeIdp(idp, url) : nobody),
    version: role === 'es' ? (es?.version ?? null) : null,
  }))
  const realms = (es?.realms ?? []).map(({ name, acsUrl, spMetadata }) => {
    return { name, acs: acsUrl, metadata: spMetadata() }
  })
  return { parties, realms, version }
}

const nobody = { entityId: null, certificate: null, endpoints: {} }

function describeIdp({ entityId, certificate }: Idp, url: string) {
  const paths = { metadata: '/metadata', sso: '/sso', slo: '/slo', soap: '/slo/soap', portal: '/' }
  const endpoints = Object.fromEntries(Object.entries(paths).map(([name, path]) => [name, `${url}${path}`]))
  return { entityId, certificate, endpoints }
}
