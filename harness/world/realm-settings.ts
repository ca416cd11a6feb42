import { flattenSettings } from '../../sp-emulator/index.ts'
import { acsPath } from '../default-world.ts'
import type { RealmParty } from './parties.ts'

/** What attributes of our IdP the default world's realm takes. */
const usualAttributes = {
  'attributes.principal': 'uid',
  'attributes.groups': 'groups',
  'attributes.name': 'displayName',
  'attributes.mail': 'mail',
}

/** The addresses of a realm; those of its application where the world leaves them out. */
export interface RealmAddresses {
  readonly entityId: string
  readonly acs: string
  readonly logout: string | undefined
}

export function realmAddresses({ entityId, acs, logout }: RealmParty, appUrl: string | undefined): RealmAddresses {
  const acsUrl = acs ?? `${appUrl}${acsPath}`
  const byDefault = acs === undefined ? appUrl : new URL(acsUrl).origin
  return {
    entityId: entityId ?? byDefault ?? '',
    acs: acsUrl,
    logout: logout ?? (acs === undefined ? `${appUrl}/logout` : undefined),
  }
}

/** Realms as an `elasticsearch.yml` describes them, for whoever reads that: what a world says of its settings wins. */
export function realmsDocument(
  realms: readonly RealmParty[],
  addressesOf: (realm: RealmParty) => RealmAddresses,
): Readonly<Record<string, object>> {
  const sections = realms.map((realm, index) => {
    const { entityId, acs, logout } = addressesOf(realm)
    const addresses = { 'sp.entity_id': entityId, 'sp.acs': acs, ...(logout !== undefined && { 'sp.logout': logout }) }
    const described = Object.fromEntries(flattenSettings(realm.settings))
    const section = { order: firstOrder + index, ...usualAttributes, ...addresses, ...described }
    return [`xpack.security.authc.realms.saml.${realm.name}`, section] as const
  })
  return Object.fromEntries(sections)
}

/** Behind whatever order people give the realms of an `elasticsearch.yml`. */
const firstOrder = 1_000
