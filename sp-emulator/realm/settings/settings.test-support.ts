import type { RealmSettings } from './elasticsearch-yml.ts'
import type { SettingValue } from './flat-settings.ts'

/** The section of the realm in these settings. */
export const section = 'xpack.security.authc.realms.saml.saml1'

/** The settings of a realm `saml1`, as they would be read of a file. */
export const settingsOf = (values: Readonly<Record<string, SettingValue>>): RealmSettings => ({
  name: 'saml1',
  section,
  values: new Map(Object.entries(values)),
})

/** What every realm must have. */
export const required = {
  order: '2',
  'idp.entity_id': 'https://idp.test/',
  'idp.metadata.path': 'idp.xml',
  'sp.entity_id': 'https://sp.test/',
  'sp.acs': 'https://sp.test/saml/acs',
  'attributes.principal': 'nameid',
} as const
