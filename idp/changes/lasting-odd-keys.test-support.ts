import { makeLasting } from '../../core/saml/lent-keys.test-support.ts'
// Under its long name: vitest.config.ts puts this file in the place of ./odd-keys.ts.
import { getOddKey as get } from '../changes/odd-keys.ts'

/** The product keeps them as long as the process; so they are lent to no other test, where one would be a key that somebody trusts. */
export const getOddKey: typeof get = (...asked) => makeLasting(() => get(...asked))
