import { ConfigError } from '#server/config'
import { similarOnes } from '#server/suggestions'
import { userProperties } from '../realm-config.ts'
import type { RealmSettings } from './elasticsearch-yml.ts'
import { keySettingNames } from './key-settings.ts'

/** Every setting that is read (spec §9), relative to the realm's section. */
const known: readonly string[] = [
  'order',
  'enabled',
  'idp.entity_id',
  'idp.metadata.path',
  'idp.metadata.http.refresh',
  'idp.metadata.http.minimum_refresh',
  'idp.metadata.http.fail_on_error',
  'idp.metadata.http.connect_timeout',
  'idp.metadata.http.read_timeout',
  'idp.use_single_logout',
  'sp.entity_id',
  'sp.acs',
  'sp.logout',
  'nameid_format',
  'nameid.allow_create',
  'nameid.sp_qualifier',
  'force_authn',
  'populate_user_metadata',
  ...userProperties.flatMap((property) => [`attributes.${property}`, `attribute_patterns.${property}`]),
  'attribute_delimiters.groups',
  'private_attributes',
  'exclude_roles',
  'authorization_realms',
  'req_authn_context_class_ref',
  'allowed_clock_skew',
  'signing.saml_messages',
  ...keySettingNames,
  'ssl.certificate_authorities',
  'ssl.verification_mode',
]

/** Settings of a node that this emulator cannot honour; better refused than quietly ignored. */
const unsupported =
  /^ssl\.(truststore\..+|keystore\..+|key|certificate|(secure_)?key_passphrase|supported_protocols|cipher_suites|client_authentication|trust_restrictions\.path)$/

/** @throws ConfigError for a setting that is not known, with the nearest that is, or that is not supported. */
export function checkKnownSettings({ section, values }: RealmSettings): void {
  for (const name of values.keys()) {
    if (known.includes(name)) continue
    if (unsupported.test(name)) throw unsupportedSetting(name, section)
    throw unknownSetting(name, section)
  }
}

function unsupportedSetting(name: string, section: string): ConfigError {
  const supported = `[${section}.ssl.certificate_authorities] and [${section}.ssl.verification_mode]`
  return new ConfigError(
    `the setting [${section}.${name}] is not supported by this emulator, which fetches metadata with ${supported} only`,
  )
}

function unknownSetting(name: string, section: string): ConfigError {
  const [suggestion] = similarOnes(name, known)
  const hint =
    suggestion === undefined
      ? 'please check that any required plugins are installed, or check the breaking changes documentation for removed settings'
      : `did you mean [${section}.${suggestion}]?`
  return new ConfigError(`unknown setting [${section}.${name}] ${hint}`)
}
