import { ConfigError } from '#server/config'
import { type RealmConfig, type SignableMessage, signableMessages } from '../realm-config.ts'
import { readAttributeSettings } from './attribute-settings.ts'
import type { RealmSettings } from './elasticsearch-yml.ts'
import { type KeySettings, readKeySettings } from './key-settings.ts'
import { checkKnownSettings } from './known-settings.ts'
import { type MetadataSettings, readMetadataSettings } from './metadata-settings.ts'
import { readRoleSettings } from './role-settings.ts'
import { SettingReader } from './setting-reader.ts'

/** What the settings refer to and has to be read before the realm can work; paths as written in the file. */
interface RealmFiles {
  readonly metadata: MetadataSettings
  readonly signing: KeySettings | undefined
  readonly encryption: KeySettings | undefined
}

type RealmKeys = Pick<RealmConfig, 'signing' | 'encryption'>

/**
 * Undefined for a realm that is switched off. One that has a signing key without naming it signs, too.
 * @throws ConfigError naming the setting that is missing, unknown or wrong.
 */
export function readRealmSettings(
  settings: RealmSettings,
  { hasSigningKey = false }: { hasSigningKey?: boolean } = {},
): { files: RealmFiles; toConfig: (keys: RealmKeys) => RealmConfig } | undefined {
  checkKnownSettings(settings)
  const read = new SettingReader(settings)
  if (!read.boolean('enabled', true)) return undefined
  const files = {
    metadata: readMetadataSettings(read),
    signing: readKeySettings(read, 'signing'),
    encryption: readKeySettings(read, 'encryption'),
  }
  const config = realmConfig(settings.name, read)
  const signedMessages = signedMessagesOf(read, hasSigningKey || files.signing !== undefined)
  return { files, toConfig: (keys) => ({ ...config, ...keys, signedMessages }) }
}

function realmConfig(name: string, read: SettingReader): Omit<RealmConfig, keyof RealmKeys | 'signedMessages'> {
  return {
    name,
    order: requiredOrder(name, read),
    idpEntityId: read.required('idp.entity_id'),
    useSingleLogout: read.boolean('idp.use_single_logout', true),
    spEntityId: read.required('sp.entity_id'),
    acsUrl: read.required('sp.acs'),
    logoutUrl: read.optional('sp.logout') ?? '',
    nameIdFormat: read.optional('nameid_format'),
    nameIdAllowCreate: read.boolean('nameid.allow_create', false),
    nameIdSpQualifier: read.optional('nameid.sp_qualifier'),
    forceAuthn: read.has('force_authn') ? read.boolean('force_authn', false) : undefined,
    populateUserMetadata: read.boolean('populate_user_metadata', true),
    ...readAttributeSettings(read),
    ...readRoleSettings(read),
    requestedAuthnContext: read.list('req_authn_context_class_ref', []),
    clockSkewMs: read.durationMs('allowed_clock_skew', 180_000),
  }
}

/** Since 8.0; before, a node only warned. */
function requiredOrder(name: string, read: SettingReader): number {
  if (read.has('order')) return read.integer('order', 0)
  throw new ConfigError(
    `'order' is a mandatory parameter for realm config. Found invalid config for realm: '${name}': [${read.fullName('order')}] is missing`,
  )
}

function signedMessagesOf(read: SettingReader, hasKey: boolean): ReadonlySet<SignableMessage> {
  const names = read.list('signing.saml_messages', ['*'])
  if (read.has('signing.saml_messages') && !hasKey) {
    const name = read.fullName('signing.saml_messages')
    throw new ConfigError(`The setting [${name}] cannot be specified if there are no signing credentials`)
  }
  if (names.includes('*')) return new Set(signableMessages)
  const isSignable = (name: string): name is SignableMessage => (signableMessages as readonly string[]).includes(name)
  const stranger = names.find((name) => !isSignable(name))
  if (stranger !== undefined) {
    throw read.wrong('signing.saml_messages', `names [${stranger}], expected *, ${signableMessages.join(', ')}`)
  }
  return new Set(names.filter(isSignable))
}
