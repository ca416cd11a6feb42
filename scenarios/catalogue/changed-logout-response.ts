import {
  allSignedOut,
  type Claims,
  callsLogout,
  completesLogout,
  type Expected,
  refusesCompletion,
} from '../scenario/expected.ts'
import type { Scenario, World } from '../scenario/scenario.ts'
import { armFault, press } from '../scenario/steps.ts'
import { aliceSignsIn } from './logged-in.ts'

type Change = NonNullable<Parameters<typeof armFault>[0]['change']>

interface ChangedAnswer extends Pick<Scenario, 'id' | 'title' | 'clauses' | 'bugs' | 'notes'> {
  /** What is wrong about the LogoutResponse on purpose. */
  readonly change: Change
  readonly profile: 'kibana' | 'careful'
  readonly given?: World
  readonly expected: Expected
}

/** Alice logs out of the application, and the LogoutResponse of the IdP is not as usual. */
export function changedLogoutResponse({ change, profile, given, ...story }: ChangedAnswer): Scenario {
  return {
    ...story,
    given: { ...given, applications: [{ name: 'app', profile }] },
    steps: [...aliceSignsIn, armFault({ party: 'idp', on: 'LogoutResponse', to: 'app', change }), press('Log out')],
  }
}

/** Who asks for a logout counts as ended. */
const claims: Claims = { app: 'ended' }

/** An application that asks Elasticsearch is told that all is well; then it asks about a request that nobody made, since an answer to nothing passes too. */
export const completed: Expected = {
  claim: 'You are logged out',
  claims,
  calls: [callsLogout, completesLogout, refusesCompletion('SAML_IN_RESPONSE_TO')],
  proven: allSignedOut,
}

/** Elasticsearch refuses the answer with this code. The tokens were dead before the LogoutRequest left. */
export const notCompleted = (code: string, classic?: 400): Expected => ({
  claims,
  calls: [callsLogout, refusesCompletion(code, classic)],
  proven: allSignedOut,
})

/** An application like Kibana asks nobody, and says that the person is logged out. */
export const notLookedAt: Expected = {
  claim: 'You are logged out',
  claims,
  calls: [callsLogout],
  proven: allSignedOut,
}
