import type { EncryptionChoice } from '#saml/encryption/encrypt-element'
import type { writeLogoutRequest } from '#saml/messages/logout-request'
import type { LogoutResponse } from '#saml/messages/logout-response'
import type { writeResponse } from '#saml/messages/response'

/** The ways to carry a logout message, in the words of the world file and in the order in which they are preferred. */
export const ways = ['redirect', 'post', 'soap'] as const

export type Way = (typeof ways)[number]

/** Whom a message goes to, and where and how. The address stands in the metadata of that service provider. */
export interface Addressee {
  readonly spEntityId: string
  readonly way: Way
  readonly address: string
}

/** Who asked by a call and waits for the answer in it. */
export interface Caller {
  readonly spEntityId: string
  readonly way: 'exchange'
}

/** Where a message says that it goes: what is answered in a call goes nowhere else. */
export const destinationOf = (to: Addressee | Caller): string | undefined => ('address' in to ? to.address : undefined)

/** Which elements of a login Response are signed. A refusal, which has no Assertion, is always signed as a whole. */
export type SignedParts = 'assertion' | 'response' | 'both'

/** A message that is to be sent, as a plain value: nothing of it is written, encoded or signed. */
export type Draft =
  | DraftOf<'LogoutRequest', Parameters<typeof writeLogoutRequest>[0]>
  | DraftOf<'LogoutResponse', LogoutResponse>
  | LoginDraft

/** The answer to an AuthnRequest, or a login that nobody asked for. */
export interface LoginDraft extends DraftOf<'Response', Parameters<typeof writeResponse>[0]> {
  readonly signedParts: SignedParts | 'nothing'
  readonly encryption?: LoginEncryption | undefined
}

/** What is encrypted in a login, and for whom. */
export interface LoginEncryption {
  readonly elements: readonly ('NameID' | 'Assertion')[]
  readonly choice: EncryptionChoice
}

interface DraftOf<Kind extends string, Fields> {
  readonly kind: Kind
  readonly to: Addressee | Caller
  readonly relayState?: string | undefined
  /** Whom it is about, by the name that the user has here; undefined where no session is known. */
  readonly user?: string | undefined
  /** What the message says. */
  readonly fields: Fields
}
