export type {
  Behaviour,
  Behaviour,
  BehaviourOptions,
  BehaviourOptions,
  SingleLogoutOffer,
  UnknownSession,
} from './behaviour.ts'
export type { Change, ChangeName } from './changes/change-list.ts'
export { loadChanges } from './changes/load-changes.ts'
export type { NotMade } from './changes/make-changes.ts'
export type { IdpLifetimes, IdpOptions } from './config.ts'
export { checkUsers } from './config.ts'
export { mostSeconds, whyNoLine, whyNoText, whyNoUri } from './config-values.ts'
export { createIdp, type Idp } from './create-idp.ts'
export type { Publish } from './directory/key-ring.ts'
export { readServiceProviders } from './directory/read-service-providers.ts'
export type { Rotation } from './directory/rotate-key.ts'
export type { TrustedSp } from './directory/sp-directory.ts'
export { checkTrusted } from './directory/sp-directory.ts'
export { encryptions } from './directory/sp-encryption.ts'
export { standardAttributes } from './directory/user-attributes.ts'
export { defaultUsers, type User } from './directory/users.ts'
export { type Tolerance, tolerances } from './inbox/tolerance.ts'
export type { SingleLogoutOffer, UnknownSession } from './manner.ts'
export { MintRefusal, type MintRefusalType } from './mint/mint-refusal.ts'
export { type MintedKind, type MintedMessage, mintedKinds, type WantedMessage } from './mint/wanted-message.ts'
export { statusNames } from './mint/wanted-status.ts'
export { whyNoId, whyNoReference } from './mint/wanted-texts.ts'
export { type SignedParts, ways } from './outbox/draft.ts'
export { type PersonalityName, personalities, personalityNames } from './personalities/personalities.ts'
export type { Personality, Quirk } from './personalities/personality.ts'
export { failureAnswers, propagations } from './slo/logout-run.ts'
export type { IdpState } from './state/idp-state.ts'
export type { NameIdState, ParticipantState, SessionState } from './state/session-state.ts'
export { NotThere, Refused } from './state/state-refusal.ts'
