import type { Facts, Life, MessageAnswer } from '../../harness/index.ts'

/** A message as the journal tells it; `from` and `to` name a service provider as the world does. */
export type WireMatch = Readonly<Record<string, unknown>>

/** Whether something still opens what it opened; `none` where there never was one. */
export type ProvenLife = Life | 'none'

/** What is really so of an application at the end, whatever anybody claimed. */
export interface ApplicationTruth {
  /** Whether the application's session still opens it. */
  readonly application: Exclude<Facts['application'], 'unknown'>
  /** Whether Elasticsearch still accepts an access token that a login of the story gave it. */
  readonly accessToken: ProvenLife
  /** Whether a refresh token that a login of the story gave it still gives another pair. */
  readonly refreshToken: ProvenLife
}

/** The same of a partner, which has no tokens. */
export type PartnerTruth = Pick<ApplicationTruth, 'application'>

/** What is really so of every further application and partner, by its name; nobody has signed in to one that is left out. */
export type OthersTruth = Readonly<Record<string, ApplicationTruth | PartnerTruth>>

/** What is really so at the end in one browser: of the first application, of the IdP, and of the others. */
export interface BrowserTruth extends ApplicationTruth {
  /** Whether the browser still has a session at the identity provider. */
  readonly idpSession: Life
  readonly others?: OthersTruth
}

/** The same, and of every further browser by its name. */
export interface Truth extends BrowserTruth {
  readonly elsewhere?: Readonly<Record<string, BrowserTruth>>
}

/** A call to Elasticsearch that has to do with a logout, and what it answers. */
export interface ExpectedCall {
  readonly api: 'logout' | 'invalidate' | 'complete_logout'
  /** The code of the real reason; absent of a call that succeeds. */
  readonly refused?: string
  /** Of a refusal: 401 in recent versions, 500 in classic ones, unless those answer this. */
  readonly classic?: 400
  /** Of a refusal that has nothing to do with a SAML message. */
  readonly status?: number
  /** How many pairs of tokens an `invalidate` ends. */
  readonly invalidated?: number
}

/** A message or an end that the journal must tell. */
export interface ExpectedEntry {
  readonly match: WireMatch
  /** Exactly so many; at least one unless said. */
  readonly times?: number
  /** What the message looks like as it travelled: part of its address, or of its body. */
  readonly wire?: string
}

/** What a participant of a logout claims by what it answered, by its name: `app`, or `app, login 2` where the logout is about several logins of it. */
export type Claims = Readonly<Record<string, 'ended' | 'refused' | 'nothing'>>

/** How a story ends. */
export interface Expected {
  /** Sentences that the last page must show. */
  readonly claim?: string | readonly string[]
  readonly proven?: Truth
  /** What each participant of the last logout claims, by its name. */
  readonly claims?: Claims
  /** Participants whose claim that they ended is not so: without being named here it is a failure. */
  readonly claimedButAlive?: readonly string[]
  /** Every call to the logout APIs, in their order. */
  readonly calls?: readonly ExpectedCall[]
  readonly entries?: readonly ExpectedEntry[]
  /** What a realm makes of the message of each step that gives it one. */
  readonly answers?: readonly MessageAnswer[]
}

/** A LogoutRequest was accepted and ended so many pairs of tokens. */
export const invalidates = (invalidated: number): ExpectedCall => ({ api: 'invalidate', invalidated })
const refuses =
  (api: ExpectedCall['api']) =>
  (refused: string, classic?: 400): ExpectedCall => ({ api, refused, ...(classic && { classic }) })

export const refusesInvalidate = refuses('invalidate')
export const callsLogout: ExpectedCall = { api: 'logout' }
export const completesLogout: ExpectedCall = { api: 'complete_logout' }
export const refusesCompletion = refuses('complete_logout')

export const signedIn: ApplicationTruth = { application: 'signedIn', accessToken: 'alive', refreshToken: 'alive' }
export const signedOut: ApplicationTruth = { application: 'signedOut', accessToken: 'dead', refreshToken: 'dead' }
/** The application forgot its session, and the tokens live on. */
export const onlyTokensAlive: ApplicationTruth = {
  application: 'signedOut',
  accessToken: 'alive',
  refreshToken: 'alive',
}
/** The tokens are dead, and the application has not noticed. */
export const onlySessionAlive: ApplicationTruth = { application: 'signedIn', accessToken: 'dead', refreshToken: 'dead' }

/** Nobody has signed in there. */
export const neverSignedIn: ApplicationTruth = { application: 'signedOut', accessToken: 'none', refreshToken: 'none' }

export const allSignedIn: Truth = { ...signedIn, idpSession: 'alive' }
export const allSignedOut: Truth = { ...signedOut, idpSession: 'dead' }
