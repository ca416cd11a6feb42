import type { PostForm } from '#saml/bindings/post'
import type { Way } from '../outbox/draft.ts'

export const mintedKinds = ['LogoutRequest', 'LogoutResponse', 'Response'] as const

export type MintedKind = (typeof mintedKinds)[number]

/** A NameID as outsiders write it; null is absent. */
export interface WantedNameId {
  readonly value: string
  readonly format?: string | null | undefined
  readonly nameQualifier?: string | null | undefined
  readonly spNameQualifier?: string | null | undefined
  readonly spProvidedId?: string | null | undefined
}

/** A message that somebody wants to have (`spec/contract.md` §2.3). Every text is one that XML can carry. */
export interface WantedMessage {
  readonly kind: MintedKind
  /** Entity id of the service provider. */
  readonly to: string
  /** Fills in the names of the newest login there. What is said beside it stands in place of what it would fill in. */
  readonly session?: string | null | undefined
  readonly nameId?: WantedNameId | null | undefined
  /** Null is none. */
  readonly sessionIndex?: string | readonly string[] | null | undefined
  readonly inResponseTo?: string | null | undefined
  /** The last parts of SAML's own codes, or any URI; the second stands below the first. Default: Success. */
  readonly status?: readonly string[] | undefined
  readonly binding?: Way | undefined
  readonly relayState?: string | null | undefined
  /** The xs:dateTime at which the message claims to be written. Default: now. */
  readonly at?: string | undefined
  readonly change?: Readonly<Record<string, unknown>> | undefined
}

/** A message as it would have been sent. */
export type MintedMessage = {
  readonly id: string
  readonly kind: MintedKind
  /** The XML: signed where the binding signs documents. */
  readonly document: string
  /** The run at whose leg the answer to a LogoutRequest is recorded. */
  readonly logout?: string | undefined
} & (
  | { readonly binding: 'redirect'; readonly url: string; readonly queryString: string }
  | { readonly binding: 'post'; readonly form: { readonly action: string; readonly fields: FormFields } }
  /** `endpoint`: null for what is answered in the exchange that asked. */
  | { readonly binding: 'soap'; readonly endpoint: string | null; readonly envelope: string }
)

/** By name, as a browser submits them. */
type FormFields = Readonly<Record<PostForm['fields'][number]['name'], string>>
