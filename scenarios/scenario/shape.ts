import type { MessageStep } from '../../harness/index.ts'
import type { Expected, ExpectedCall, ExpectedEntry } from './expected.ts'
import type { BrowserConditions, Scenario } from './scenario.ts'
import type { Step, Where } from './steps.ts'

/** The keys that something may have, and whether it must. */
export type Keys = Readonly<Record<string, 'must' | 'may'>>

type AllKeys<T> = T extends unknown ? keyof T : never
type KeysOf<T> = Readonly<Record<AllKeys<T>, 'must' | 'may'>>
type OfKind<Kind> = Extract<Step, { kind: Kind }>
type OwnKeys<Kind> = Readonly<
  Record<
    Exclude<AllKeys<OfKind<Kind>>, 'kind' | (Kind extends MessageStep['kind'] ? never : keyof Where)>,
    'must' | 'may'
  >
>

/** What stands beside the kind of a step, the browser and the tab; who reads one from a file may have misspelt it. */
export const keysOfSteps: { readonly [Kind in Step['kind']]: OwnKeys<Kind> } = {
  open: { place: 'must', at: 'may' },
  'open-path': { path: 'must', at: 'may' },
  'open-again': { message: 'must' },
  press: { control: 'must', fields: 'may' },
  'press-twice': { control: 'must' },
  back: {},
  reload: {},
  'close-tab': {},
  see: { says: 'must' },
  look: { path: 'must', at: 'may', status: 'must' },
  'see-cookies': { of: 'must', are: 'must' },
  'set-aside-cookies': { of: 'must' },
  'copy-cookies': { of: 'must' },
  'bring-back-cookies': {},
  'arm-fault': { fault: 'must' },
  'set-clock': { party: 'must', to: 'must' },
  'change-behaviour': { to: 'must' },
  'change-partner': { name: 'must', temper: 'must' },
  'rotate-key': { publish: 'must' },
  'end-idp-session': { user: 'must' },
  'forget-service-provider': { name: 'must' },
  'introduce-by-hand': { name: 'must', encrypts: 'may', by: 'may' },
  mint: { message: 'must', by: 'may' },
  'wait-for': { message: 'must' },
  'sign-in': { user: 'must', at: 'must', change: 'may' },
  'sign-out': { by: 'must', user: 'must', at: 'must', change: 'may' },
  replay: { realm: 'must', at: 'must', message: 'must', inResponseTo: 'may' },
}

export const whereKeys: KeysOf<Where> = { browser: 'may', tab: 'may' }

export const scenarioKeys: KeysOf<Scenario> = {
  id: 'must',
  title: 'must',
  clauses: 'must',
  bugs: 'may',
  notes: 'may',
  given: 'may',
  conditions: 'may',
  onlyIn: 'may',
  steps: 'must',
  expected: 'must',
}

export const conditionsKeys: KeysOf<NonNullable<Scenario['conditions']>> = { browser: 'may', network: 'may' }
export const browserKeys: KeysOf<BrowserConditions> = { scripts: 'may', thirdPartyCookies: 'may' }

export const expectedKeys: KeysOf<Expected> = {
  claim: 'may',
  proven: 'may',
  claims: 'may',
  claimedButAlive: 'may',
  calls: 'may',
  entries: 'may',
  answers: 'may',
}

export const callKeys: KeysOf<ExpectedCall> = {
  api: 'must',
  refused: 'may',
  classic: 'may',
  status: 'may',
  invalidated: 'may',
}
export const entryKeys: KeysOf<ExpectedEntry> = { match: 'must', times: 'may', wire: 'may' }
