import type { Clock } from '#server/clock'
import { type Load, loadIdp } from './idp-options.ts'
import { readWorld } from './read-world.ts'

/** A world's file, as it was parsed, and what of it is the IdP's. */
export const loadIdpConfig = async (given: unknown, load: Load, clock?: Clock) => loadIdp(readWorld(given), load, clock)

export const nothingToLoad = () => Promise.reject(new Error('nothing was to be loaded'))
