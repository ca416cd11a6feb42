import type { Facts, Life, MessageAnswer, MessageStep, World } from '../harness/index.ts'

/** A way in which a LogoutRequest is spoiled on its way to the service provider. */
export type Spoiling = 'name-id-changed' | 'signature-removed'

/** What a person, or somebody between the parties, does next. */
export type Step =
  | { readonly kind: 'open'; readonly place: Place; readonly application?: string | undefined }
  | { readonly kind: 'press'; readonly control: string }
  | { readonly kind: 'press-and-spoil'; readonly control: string; readonly spoiling: Spoiling }
  | { readonly kind: 'set-aside-cookies'; readonly of: Role }
  | { readonly kind: 'bring-back-cookies' }
  | MessageStep

const kindsOfSteps: Readonly<Record<Step['kind'], true>> = {
  open: true,
  press: true,
  'press-and-spoil': true,
  'set-aside-cookies': true,
  'bring-back-cookies': true,
  'sign-in': true,
  'sign-out': true,
  replay: true,
}

export const stepKinds: ReadonlySet<string> = new Set(Object.keys(kindsOfSteps))

type Role = 'application' | 'idp'
export type Place = 'application' | 'portal' | 'logout'

/** What is really so of an application at the end, whatever anybody claimed. */
export interface ApplicationTruth {
  /** Whether the application's session still opens it. */
  readonly application: Exclude<Facts['application'], 'unknown'>
  /** Whether Elasticsearch still accepts an access token that a login of the story gave it. */
  readonly accessToken: Life
  /** Whether a refresh token that a login of the story gave it still gives another pair. */
  readonly refreshToken: Life
}

/** What is really so at the end: of the first application, and of the IdP. */
export interface Truth extends ApplicationTruth {
  /** Whether the browser still has a session at the identity provider. */
  readonly idpSession: Life
  /** The same of every further application, by its name; absent where there is one. */
  readonly others?: Readonly<Record<string, ApplicationTruth>>
}

/** One story of signing in and out, as data: both drivers tell it, and its end is probed. */
export interface Scenario {
  /** Stable; `<family>/<what happens>`. */
  readonly id: string
  /** The rule that it shows. */
  readonly title: string
  /** Where the rule is written. */
  readonly clauses: readonly string[]
  /** What a reader should know of it, a sentence each. */
  readonly notes?: readonly string[]
  /** The world that it is told in, as `startLab` takes it; the default one unless said. */
  readonly given?: World
  readonly steps: readonly Step[]
  readonly expected: {
    /** A sentence that the last page must show. */
    readonly claim?: string
    readonly proven?: Truth
    /** What a realm makes of the message of each step that gives it one. */
    readonly answers?: readonly MessageAnswer[]
  }
}

/** At the first application unless another is named. */
export const open = (place: Place, application?: string): Step => ({ kind: 'open', place, application })
export const press = (control: string): Step => ({ kind: 'press', control })
export const setAsideCookies = (of: Role): Step => ({ kind: 'set-aside-cookies', of })
export const bringBackCookies: Step = { kind: 'bring-back-cookies' }
export const pressAndSpoil = (control: string, spoiling: Spoiling): Step => ({
  kind: 'press-and-spoil',
  control,
  spoiling,
})

export const allSignedIn: Truth = {
  application: 'signedIn',
  accessToken: 'alive',
  refreshToken: 'alive',
  idpSession: 'alive',
}

export const signedOut: ApplicationTruth = { application: 'signedOut', accessToken: 'dead', refreshToken: 'dead' }

export const allSignedOut: Truth = { ...signedOut, idpSession: 'dead' }
