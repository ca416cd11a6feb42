import type { Control, MessageStep } from '../../harness/index.ts'
import type { WireMatch } from './expected.ts'

type Given<Operation> = Operation extends (given: infer Body) => unknown ? Body : never

/** In which browser and tab a person does something; the first of each unless named. One that is new is opened. */
export interface Where {
  readonly browser?: string
  readonly tab?: string
}

/** Pages that have a name: an application's or partner's own, the address that logs out of it, and the portal of the IdP. */
export type Place = 'application' | 'logout' | 'portal'

/** Whose cookies: the name of an application or partner, or `idp`. */
export type CookieOwner = string

/** What is written into a form, by the names of its fields. */
export type Fields = Readonly<Record<string, string>>

/** What a person does at a browser. `at` is the name of an application or partner; the first application unless named. */
export type PersonStep = Where &
  (
    | { readonly kind: 'open'; readonly place: Place; readonly at?: string | undefined }
    | { readonly kind: 'open-path'; readonly path: string; readonly at?: string | undefined }
    | { readonly kind: 'open-again'; readonly message: WireMatch }
    | { readonly kind: 'press'; readonly control: string; readonly fields?: Fields }
    | { readonly kind: 'press-twice'; readonly control: string }
    | { readonly kind: 'back' }
    | { readonly kind: 'reload' }
    | { readonly kind: 'close-tab' }
    | { readonly kind: 'see'; readonly says: string }
    | { readonly kind: 'look'; readonly path: string; readonly at?: string | undefined; readonly status: number }
    | { readonly kind: 'see-cookies'; readonly of: CookieOwner; readonly are: 'there' | 'gone' }
    | { readonly kind: 'set-aside-cookies'; readonly of: CookieOwner }
    | { readonly kind: 'copy-cookies'; readonly of: CookieOwner }
    | { readonly kind: 'bring-back-cookies' }
  )

/** What somebody does to the parties by the control API, between two steps of a person. Service providers are named as in the world. */
export type OperatorStep =
  | { readonly kind: 'arm-fault'; readonly fault: Given<Control['faults']['arm']> }
  | { readonly kind: 'set-clock'; readonly party: string; readonly to: Parameters<Control['clocks']['set']>[1] }
  | { readonly kind: 'change-behaviour'; readonly to: Given<Control['idp']['behaviour']['change']> }
  | { readonly kind: 'change-partner'; readonly name: string; readonly temper: string }
  | { readonly kind: 'rotate-key'; readonly publish: 'both' | 'newOnly' | 'announce' }
  | { readonly kind: 'end-idp-session'; readonly user: string }
  | { readonly kind: 'forget-service-provider'; readonly name: string }
  | { readonly kind: 'introduce-by-hand'; readonly name: string; readonly encrypts?: boolean; readonly by?: 'soap' }
  | { readonly kind: 'mint'; readonly message: MintedMessage; readonly by?: Where }
  | { readonly kind: 'wait-for'; readonly message: WireMatch }

/** A message that the IdP writes out of turn and a browser carries. */
export type MintedMessage = Omit<Given<Control['idp']['mint']>, 'session' | 'to'> & {
  /** The service provider, as the world names it. */
  readonly to: string
  /** Whose newest session at the IdP it is about. */
  readonly user?: string
}

export type Step = PersonStep | OperatorStep | MessageStep

const kindsOfSteps: Readonly<Record<Step['kind'], 'person' | 'operator' | 'message'>> = {
  open: 'person',
  'open-path': 'person',
  'open-again': 'person',
  press: 'person',
  'press-twice': 'person',
  back: 'person',
  reload: 'person',
  'close-tab': 'person',
  see: 'person',
  look: 'person',
  'see-cookies': 'person',
  'set-aside-cookies': 'person',
  'copy-cookies': 'person',
  'bring-back-cookies': 'person',
  'arm-fault': 'operator',
  'set-clock': 'operator',
  'change-behaviour': 'operator',
  'change-partner': 'operator',
  'rotate-key': 'operator',
  'end-idp-session': 'operator',
  'forget-service-provider': 'operator',
  'introduce-by-hand': 'operator',
  mint: 'operator',
  'wait-for': 'operator',
  'sign-in': 'message',
  'sign-out': 'message',
  replay: 'message',
}

const isOf = (group: 'person' | 'operator' | 'message', step: Step): boolean => kindsOfSteps[step.kind] === group
export const isPersonStep = (step: Step): step is PersonStep => isOf('person', step)
export const isOperatorStep = (step: Step): step is OperatorStep => isOf('operator', step)

/** Opens a page that has a name, of the first application unless another party is named. */
export const open = (place: Place, at?: string): PersonStep => ({ kind: 'open', place, at })
/** Opens a path below the address of a party. */
export const openPath = (path: string, at?: string): PersonStep => ({ kind: 'open-path', path, at })
/** Opens the address of the newest message that is like this once more. */
export const openAgain = (message: WireMatch): PersonStep => ({ kind: 'open-again', message })
/** Presses the button or link with exactly this name, after the fields of its form have been filled. */
export const press = (control: string, fields?: Fields): PersonStep => ({
  kind: 'press',
  control,
  ...(fields && { fields }),
})
/** Presses it again before the first press has led anywhere. */
export const pressTwice = (control: string): PersonStep => ({ kind: 'press-twice', control })
export const back: PersonStep = { kind: 'back' }
export const reload: PersonStep = { kind: 'reload' }
export const closeTab: PersonStep = { kind: 'close-tab' }
/** The page must say this now. */
export const see = (says: string): PersonStep => ({ kind: 'see', says })
/** What an address answers the browser now, without leaving the page. */
export const look = (path: string, { status, at }: { status: number; at?: string }): PersonStep => ({
  kind: 'look',
  path,
  status,
  at,
})
/** Whether the browser has cookies of a party now. */
export const seeCookies = (of: CookieOwner, are: 'there' | 'gone'): PersonStep => ({ kind: 'see-cookies', of, are })
/** Hides the cookies of a party, until `bringBackCookies`. */
export const setAsideCookies = (of: CookieOwner): PersonStep => ({ kind: 'set-aside-cookies', of })
/** Keeps a copy of the cookies of a party, for `bringBackCookies`. */
export const copyCookies = (of: CookieOwner): PersonStep => ({ kind: 'copy-cookies', of })
export const bringBackCookies: PersonStep = { kind: 'bring-back-cookies' }
/** The same in another browser of the same person, or of somebody else. */
export const inBrowser = (browser: string, ...steps: readonly PersonStep[]): PersonStep[] =>
  steps.map((step) => ({ ...step, browser }))
/** The same in another tab. */
export const inTab = (tab: string, ...steps: readonly PersonStep[]): PersonStep[] =>
  steps.map((step) => ({ ...step, tab }))

/** In a change: the SessionIndex that the newest login was given. */
export const ownSessionIndex = '$SESSION_INDEX'

/** Something is wrong on purpose about the next message of this kind; `to` names a service provider as the world does. */
export const armFault = (fault: Given<Control['faults']['arm']>): OperatorStep => ({ kind: 'arm-fault', fault })
export const setClock = (party: string, to: Parameters<Control['clocks']['set']>[1]): OperatorStep => ({
  kind: 'set-clock',
  party,
  to,
})
export const changeBehaviour = (to: Given<Control['idp']['behaviour']['change']>): OperatorStep => ({
  kind: 'change-behaviour',
  to,
})
export const changePartner = (name: string, temper: string): OperatorStep => ({ kind: 'change-partner', name, temper })
export const rotateKey = (publish: 'both' | 'newOnly' | 'announce'): OperatorStep => ({ kind: 'rotate-key', publish })
/** The IdP forgets the user's sessions; nobody is told. */
export const endIdpSession = (user: string): OperatorStep => ({ kind: 'end-idp-session', user })
export const forgetServiceProvider = (name: string): OperatorStep => ({ kind: 'forget-service-provider', name })
/** Somebody tells the IdP of a service provider what its metadata does not say: that it takes logouts, by Redirect unless `by` says otherwise, and with `encrypts` that it decrypts with the key by which it signs. */
export const introduceByHand = (name: string, how: { encrypts?: boolean; by?: 'soap' } = {}): OperatorStep => ({
  kind: 'introduce-by-hand',
  name,
  ...how,
})
/** The IdP writes a message out of turn, and the browser carries it to whom it is for. */
export const mint = (message: MintedMessage, by?: Where): OperatorStep => ({
  kind: 'mint',
  message,
  ...(by && { by }),
})
/** Goes on once a message like this has been seen. */
export const waitFor = (message: WireMatch): OperatorStep => ({ kind: 'wait-for', message })
