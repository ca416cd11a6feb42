import type { Scenario } from '../scenario/scenario.ts'
import { address } from './address.ts'
import { answer } from './answer.ts'
import { answersForAnother } from './answers-for-another.ts'
import { browser } from './browser.ts'
import { encoding } from './encoding.ts'
import { expiry } from './expiry.ts'
import { login } from './login.ts'
import { logout } from './logout.ts'
import { nameId } from './name-id.ts'
import { network } from './network.ts'
import { partialLogout } from './partial-logout.ts'
import { partnerRequests } from './partner-requests.ts'
import { partners } from './partners.ts'
import { realms } from './realms.ts'
import { replays } from './replays.ts'
import { sessionIndex } from './session-index.ts'
import { severalLogins } from './several-logins.ts'
import { signature } from './signature.ts'
import { validity } from './validity.ts'

/** Every scenario that is shipped. */
export const catalogue: readonly Scenario[] = [
  ...login,
  ...logout,
  ...signature,
  ...encoding,
  ...sessionIndex,
  ...nameId,
  ...severalLogins,
  ...address,
  ...answer,
  ...realms,
  ...validity,
  ...expiry,
  ...replays,
  ...network,
  ...partners,
  ...partnerRequests,
  ...partialLogout,
  ...answersForAnother,
  ...browser,
]

/** The scenario with this id. @throws TypeError when none has it */
export function getScenario(id: string): Scenario {
  const scenario = catalogue.find((each) => each.id === id)
  if (scenario === undefined) throw new TypeError(`there is no scenario [${id}]`)
  return scenario
}
