import { ConfigError } from '#server/config'
import { checkKnownSettings, type RealmSettings } from './elasticsearch-yml.ts'
import { type KeySettings, keySettingNames, readKeySettings } from './key-settings.ts'
import { type RealmConfig, type SignableMessage, signableMessages } from './realm-config.ts'
import { SettingReader } from './setting-reader.ts'

/** Every setting that is read (spec §9). */
const known = [
  'order',
  'enabled',
  'idp.entity_id',
  'idp.metadata.path',
  'idp.use_single_logout',
  'sp.entity_id',
  'sp.acs',
  'sp.logout',
  'nameid_format',
  'nameid.allow_create',
  'nameid.sp_qualifier',
  'force_authn',
  'populate_user_metadata',
  'attributes.principal',
  'attributes.groups',
  'attributes.name',
  'attributes.mail',
  'attributes.dn',
  'req_authn_context_class_ref',
  'allowed_clock_skew',
  'signing.saml_messages',
  ...keySettingNames,
]

/** Settings of a real node that this emulator cannot honour; better refused than quietly ignored. */
const unsupported = [
  'idp.metadata.http.',
  'attribute_patterns.',
  'attribute_delimiters.',
  'exclude_roles',
  'private_attributes',
  'authorization_realms',
  'ssl.',
]

/** What the settings refer to and has to be read before the realm can work; paths as written in the file. */
export interface RealmFiles {
  readonly metadataPath: string
  readonly signing: KeySettings | undefined
  readonly encryption: KeySettings | undefined
}

type RealmKeys = Pick<RealmConfig, 'signing' | 'encryption'>

/** @throws ConfigError naming the setting that is missing, unknown or wrong. Undefined for a realm that is switched off. */
export function readRealmSettings(
  settings: RealmSettings,
): { files: RealmFiles; toConfig: (keys: RealmKeys) => RealmConfig } | undefined {
  refuseUnsupported(settings)
  checkKnownSettings(settings, known)
  const read = new SettingReader(settings)
  if (!read.boolean('enabled', true)) return undefined
  const files = {
    metadataPath: read.required('idp.metadata.path'),
    signing: readKeySettings(read, 'signing'),
    encryption: readKeySettings(read, 'encryption'),
  }
  const config = realmConfig(settings.name, read)
  const signedMessages = signedMessagesOf(read, files.signing !== undefined)
  return { files, toConfig: (keys) => ({ ...config, ...keys, signedMessages }) }
}

function refuseUnsupported({ section, values }: RealmSettings): void {
  for (const name of values.keys()) {
    if (!unsupported.some((each) => (each.endsWith('.') ? name.startsWith(each) : name === each))) continue
    throw new ConfigError(`the setting [${section}.${name}] is not supported by this emulator yet`)
  }
}

function realmConfig(name: string, read: SettingReader): Omit<RealmConfig, keyof RealmKeys | 'signedMessages'> {
  return {
    name,
    order: read.integer('order', Number.MAX_SAFE_INTEGER),
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
    attributes: {
      principal: read.required('attributes.principal'),
      groups: read.optional('attributes.groups'),
      name: read.optional('attributes.name'),
      mail: read.optional('attributes.mail'),
      dn: read.optional('attributes.dn'),
    },
    requestedAuthnContext: read.list('req_authn_context_class_ref', []),
    clockSkewMs: read.durationMs('allowed_clock_skew', 180_000),
  }
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
