import { open, type PersonStep, press } from '../scenario/steps.ts'

/** Alice signs in at the first application. */
export const aliceSignsIn: readonly PersonStep[] = [open('application'), press('alice')]

/** She logs out of all of them, at the portal of the IdP. */
export const logOutEverywhere: readonly PersonStep[] = [open('portal'), press('Log out everywhere')]

export const confirmed = 'Every service provider confirmed the logout.'
