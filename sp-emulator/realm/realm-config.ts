import type { Credential } from '#saml/credentials'
import type { IdpMetadata } from '#saml/metadata/idp-metadata'
import type { Clock } from '#server/clock'
import type { NewId } from '#server/ids'
import type { WithdrawnKey } from './metadata/withdrawn-keys.ts'

/** The messages that `signing.saml_messages` can name. */
export const signableMessages = ['AuthnRequest', 'LogoutRequest', 'LogoutResponse'] as const
export type SignableMessage = (typeof signableMessages)[number]

/** Which SAML attribute (Name or FriendlyName, or `nameid`) each user property is taken from. */
export interface AttributeNames {
  readonly principal: string
  readonly groups?: string | undefined
  readonly name?: string | undefined
  readonly mail?: string | undefined
  readonly dn?: string | undefined
}

export const userProperties = ['principal', 'groups', 'name', 'mail', 'dn'] as const
export type UserProperty = (typeof userProperties)[number]

/** The settings of one realm, under the names of section 9 of the spec. */
export interface RealmConfig {
  readonly name: string
  readonly order: number
  readonly idpEntityId: string
  readonly useSingleLogout: boolean
  readonly spEntityId: string
  readonly acsUrl: string
  /** Empty when `sp.logout` is not configured. */
  readonly logoutUrl: string
  readonly nameIdFormat?: string | undefined
  readonly nameIdAllowCreate: boolean
  readonly nameIdSpQualifier?: string | undefined
  readonly forceAuthn?: boolean | undefined
  readonly populateUserMetadata: boolean
  readonly attributes: AttributeNames
  /** What is found by a pattern, and stands in its first group, is taken of each value (`attribute_patterns.*`). */
  readonly attributePatterns?: Readonly<Partial<Record<UserProperty, RegExp>>> | undefined
  /** Divides the only value of the groups attribute (`attribute_delimiters.groups`). */
  readonly groupsDelimiter?: string | undefined
  /** Attributes by Name or FriendlyName of which nothing is told (`private_attributes`). */
  readonly privateAttributes?: readonly string[] | undefined
  readonly excludedRoles?: readonly string[] | undefined
  readonly authorizationRealms?: readonly string[] | undefined
  readonly requestedAuthnContext: readonly string[]
  readonly clockSkewMs: number
  readonly signing?: Credential | undefined
  /** The keys that open what the IdP encrypts; any of them may. */
  readonly encryption?: readonly Credential[] | undefined
  readonly signedMessages: ReadonlySet<SignableMessage>
}

/** What is taken of an Assertion for a user. */
export type UserSettings = Pick<
  RealmConfig,
  'attributes' | 'attributePatterns' | 'groupsDelimiter' | 'privateAttributes' | 'populateUserMetadata'
>

/** What every part of a realm works with. */
export interface RealmContext {
  readonly config: RealmConfig
  /** The metadata as it is now; it may change between messages. Throws a SamlError while there is none. */
  readonly idpMetadata: () => IdpMetadata
  /** The signing keys that it named before, which only explain. */
  readonly withdrawnKeys?: (() => readonly WithdrawnKey[]) | undefined
  readonly clock: Clock
  readonly newId: NewId
}

/** The key with which this kind of message is signed; undefined when it goes out unsigned. */
export function signerFor(config: RealmConfig, message: SignableMessage): Credential | undefined {
  return config.signedMessages.has(message) ? config.signing : undefined
}
