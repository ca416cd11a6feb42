export type { ClockState } from '#server/clock'
export { ConfigError } from '#server/config'
export type { Log } from '#server/logging'
export type { ClockChange } from '#server/movable-clock'
export {
  isMessageStep,
  type MessageAnswer,
  type MessageStep,
  type ReplayStep,
  type SignInStep,
  type SignOutStep,
} from './captured/message-step.ts'
export { createMessageTeller, type MessageTeller, type MessageWorld } from './captured/message-teller.ts'
export { scenarioOfJournal } from './captured/scenario-of-journal.ts'
export type { PartyClocks } from './clocks/clocks.ts'
export { type ConnectOptions, connect, type RemoteLab } from './control/connect.ts'
export { ControlError } from './control/control-error.ts'
export type { Control, LabOfServer } from './control/labs-of.ts'
export { type Lab, type LabOptions, type RunOptions, startLab } from './lab.ts'
export type { Facts, Life } from './ledger/facts.ts'
export type { Ledger, LedgerEntry } from './ledger/write-ledger.ts'
export type { Front, InFront, IssuedTokens, PairOfTokens, PartySocket } from './roles/role-options.ts'
export type { World } from './world/world.ts'
