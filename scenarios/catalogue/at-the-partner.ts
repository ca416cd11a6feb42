import type { PartnerTruth } from '../scenario/expected.ts'
import type { World } from '../scenario/scenario.ts'
import { open, type PersonStep, press } from '../scenario/steps.ts'
import { aliceSignsIn } from './logged-in.ts'

export const withWiki: World = { partners: [{ name: 'wiki' }] }

/** Alice signs in at the application, and then at a partner. */
export const atWiki: readonly PersonStep[] = [...aliceSignsIn, open('application', 'wiki'), press('Log in')]

export const stays: PartnerTruth = { application: 'signedIn' }
export const leaves: PartnerTruth = { application: 'signedOut' }
