import type { SignedParts } from '../outbox/draft.ts'
import type { Encryption } from './sp-encryption.ts'
import type { AttributeNames } from './user-attributes.ts'

/** How long what is made for a service provider lives. */
export interface SpLifetimes {
  /** An IdP session, from the last click on the sign-in page; at one service provider what its login counts for, which ends with the session at the latest. */
  readonly sessionSeconds: number
  /** What an Assertion may be used for. */
  readonly assertionSeconds: number
  /** A LogoutRequest that was sent. */
  readonly logoutRequestSeconds: number
}

/** How a service provider is treated. */
export interface SpSettings {
  /** Which elements of a login Response are signed. */
  readonly signedParts: SignedParts
  readonly lifetimes: SpLifetimes
  /** How far its clock may be apart from ours. */
  readonly skewMs: number
  /** What its Assertions say of a user: an attribute of the user by the Name that it has there. As every user is described when absent. */
  readonly attributes?: AttributeNames | undefined
}

/** What may be said of one service provider in place of what holds for all. */
export interface SpOverrides {
  readonly signedParts?: SignedParts | undefined
  readonly lifetimes?: { readonly [Name in keyof SpLifetimes]?: number | undefined } | undefined
  readonly skewMs?: number | undefined
  readonly attributes?: AttributeNames | undefined
  /** Default: `none`. */
  readonly encrypt?: Encryption | undefined
}

/** What holds for every service provider of which nothing else is said. */
export type ForAll = Pick<SpSettings, 'signedParts' | 'lifetimes' | 'skewMs'>

/** What is said of one service provider, else what holds for all. */
export function settingsFor(overrides: SpOverrides, forAll: ForAll): SpSettings {
  const { signedParts, skewMs, attributes, lifetimes = {} } = overrides
  const { sessionSeconds, assertionSeconds, logoutRequestSeconds } = forAll.lifetimes
  return {
    signedParts: signedParts ?? forAll.signedParts,
    skewMs: skewMs ?? forAll.skewMs,
    attributes,
    lifetimes: {
      sessionSeconds: lifetimes.sessionSeconds ?? sessionSeconds,
      assertionSeconds: lifetimes.assertionSeconds ?? assertionSeconds,
      logoutRequestSeconds: lifetimes.logoutRequestSeconds ?? logoutRequestSeconds,
    },
  }
}
