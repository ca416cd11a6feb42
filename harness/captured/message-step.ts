/** What is wrong about a message on purpose (`spec/contract.md` §2.5). */
export type Change = Readonly<Record<string, unknown>>

/** A message as it was captured, octet for octet: in one of the shapes that `explain` takes. */
export type CapturedMessage =
  | { readonly queryString: string }
  | { readonly form: Readonly<Record<string, string>> }
  | { readonly document: string }

/** The IdP signs a user in at a service provider, whose realm is given the Response. */
export interface SignInStep {
  readonly kind: 'sign-in'
  readonly user: string
  /** The entity id of the service provider. */
  readonly at: string
  /** What is wrong about the Response on purpose. */
  readonly change?: Change
}

/** The user's newest login there is ended: the IdP asks, or the application does and the IdP answers. What the IdP wrote is given to the realm. */
export interface SignOutStep {
  readonly kind: 'sign-out'
  readonly by: 'idp' | 'application'
  readonly user: string
  readonly at: string
  /** What is wrong about the IdP's message on purpose: a fault that fires once. */
  readonly change?: Change
}

/** A captured message is given to a realm as it was, at the moment at which it was sent. */
export interface ReplayStep {
  readonly kind: 'replay'
  readonly realm: string
  /** An instant, at which the clock of Elasticsearch stands meanwhile. */
  readonly at: string
  readonly message: CapturedMessage
  /** The IDs of the requests that were pending. */
  readonly inResponseTo?: readonly string[]
}

/** A step at whose end a realm has judged one message. */
export type MessageStep = SignInStep | SignOutStep | ReplayStep

/** What a realm made of a message. */
export interface MessageAnswer {
  readonly what: string
  /** The code of the refusal; null when it was accepted. */
  readonly refusal: string | null
  /** How many pairs of tokens a LogoutRequest ended; absent of anything else, and where it was refused. */
  readonly invalidated?: number
}

const kinds: ReadonlySet<string> = new Set<MessageStep['kind']>(['sign-in', 'sign-out', 'replay'])

export const isMessageStep = (step: { readonly kind: string }): step is MessageStep => kinds.has(step.kind)
