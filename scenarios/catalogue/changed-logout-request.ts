import { allSignedOut, type Expected, invalidates, onlyTokensAlive, refusesInvalidate } from '../scenario/expected.ts'
import type { Scenario, World } from '../scenario/scenario.ts'
import { armFault, type Step } from '../scenario/steps.ts'
import { aliceSignsIn, confirmed, logOutEverywhere } from './logged-in.ts'

type Change = NonNullable<Parameters<typeof armFault>[0]['change']>

interface ChangedLogout extends Pick<Scenario, 'id' | 'title' | 'clauses' | 'bugs' | 'notes'> {
  readonly given?: World
  /** What is wrong about the LogoutRequest on purpose; nothing where the world itself makes the difference. */
  readonly change?: Change
  /** What happens between the login and the logout. */
  readonly before?: readonly Step[]
  readonly expected: Expected
}

/** Alice signs in and logs out everywhere, and the LogoutRequest is not as usual. */
export function changedLogoutRequest({ change, before = [], ...story }: ChangedLogout): Scenario {
  const armed = change === undefined ? [] : [armFault({ party: 'idp', on: 'LogoutRequest', to: 'app', change })]
  return { ...story, steps: [...aliceSignsIn, ...before, ...armed, ...logOutEverywhere] }
}

/** Elasticsearch accepts it: the tokens are dead, and the IdP hears of it. */
export const accepted: Expected = {
  claim: confirmed,
  claims: { app: 'ended' },
  calls: [invalidates(1)],
  proven: allSignedOut,
}

/** Elasticsearch refuses it with this code: an application like Kibana has ended its own session before it asked, the tokens live on, and the IdP hears nothing. */
export const refused = (code: string, classic?: 400): Expected => ({
  claims: { app: 'nothing' },
  calls: [refusesInvalidate(code, classic)],
  proven: { ...onlyTokensAlive, idpSession: 'dead' },
})

/** Elasticsearch accepts it, ends nothing, and answers Success: a claim that is not so. */
export const acceptedInVain: Expected = {
  claim: confirmed,
  claims: { app: 'ended' },
  claimedButAlive: ['app'],
  calls: [invalidates(0)],
  proven: { ...onlyTokensAlive, idpSession: 'dead' },
}
