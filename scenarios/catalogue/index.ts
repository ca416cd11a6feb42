import type { Scenario } from '../scenario/scenario.ts'
import { idpInitiatedLogin, spInitiatedLogin } from './login.ts'
import {
  idpInitiatedLogout,
  idpInitiatedLogoutAtTwoApplications,
  idpInitiatedLogoutWithoutCookie,
  logoutBackToSelector,
  logoutWithoutSession,
  otherLoginAtRequester,
  spInitiatedLogout,
  spInitiatedLogoutOfCarefulApplication,
  tamperedLogoutRequest,
  tamperedLogoutRequestToCarefulApplication,
} from './logout.ts'
import { signature } from './signature.ts'

/** Every scenario that is shipped. */
export const catalogue: readonly Scenario[] = [
  spInitiatedLogin,
  idpInitiatedLogin,
  spInitiatedLogout,
  logoutBackToSelector,
  idpInitiatedLogout,
  idpInitiatedLogoutAtTwoApplications,
  idpInitiatedLogoutWithoutCookie,
  logoutWithoutSession,
  otherLoginAtRequester,
  tamperedLogoutRequest,
  tamperedLogoutRequestToCarefulApplication,
  spInitiatedLogoutOfCarefulApplication,
  ...signature,
]

/** The scenario with this id. @throws TypeError when none has it */
export function getScenario(id: string): Scenario {
  const scenario = catalogue.find((each) => each.id === id)
  if (scenario === undefined) throw new TypeError(`there is no scenario [${id}]`)
  return scenario
}
