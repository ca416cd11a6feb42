import { allSignedIn, allSignedOut, onlyTokensAlive, signedIn, signedOut } from '../scenario/expected.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { armFault, bringBackCookies, open, press, setAsideCookies } from '../scenario/steps.ts'
import { aliceSignsIn, confirmed, logOutEverywhere } from './logged-in.ts'

export const spInitiatedLogout: Scenario = {
  id: 'logout/sp-initiated',
  title: 'logging out of the application kills the tokens and the session at the IdP',
  clauses: ['saml-profiles-2.0 §4.4.3.1', 'elasticsearch-saml §4', 'logout-bugs scenario 1'],
  steps: [...aliceSignsIn, press('Log out')],
  expected: { claim: 'You are logged out', proven: allSignedOut },
}

export const logoutBackToSelector: Scenario = {
  id: 'logout/back-to-the-selector',
  title: 'a person picks a provider on the login selector, logs out again and is back at it',
  clauses: ['web-app-flows §1.4 (a) and (d)', 'web-app-flows cases 39, 50 and 113'],
  given: { applications: [{ name: 'app', selector: true }] },
  steps: [open('application'), press('Log in with saml'), press('alice'), press('Log out')],
  expected: { claim: 'You are logged out.\nLog in with saml', proven: allSignedOut },
}

export const idpInitiatedLogout: Scenario = {
  id: 'logout/idp-initiated',
  title: 'logging out everywhere kills the session of the application and its tokens',
  clauses: ['saml-profiles-2.0 §4.4.3', 'elasticsearch-saml §3', 'logout-bugs scenario 2'],
  steps: [...aliceSignsIn, ...logOutEverywhere],
  expected: { claim: confirmed, proven: allSignedOut },
}

export const idpInitiatedLogoutAtTwoApplications: Scenario = {
  id: 'logout/idp-initiated-at-two-applications',
  title: 'logging out everywhere kills the sessions of both applications in the session of the IdP and their tokens',
  clauses: ['saml-profiles-2.0 §4.4.3', 'elasticsearch-saml §3'],
  given: { applications: [{ name: 'app' }, { name: 'second' }] },
  steps: [...aliceSignsIn, open('application', 'second'), ...logOutEverywhere],
  expected: {
    claim: confirmed,
    proven: { ...allSignedOut, others: { second: signedOut } },
  },
}

export const idpInitiatedLogoutWithoutCookie: Scenario = {
  id: 'logout/idp-initiated-without-the-cookie-of-the-application',
  title: 'a LogoutRequest kills the tokens also where the browser brings no session of the application',
  clauses: ['elasticsearch-saml §3.9', 'web-app-flows §1.4 (f)', 'logout-bugs scenario 3'],
  steps: [...aliceSignsIn, setAsideCookies('app'), ...logOutEverywhere, bringBackCookies],
  expected: { claim: confirmed, proven: allSignedOut },
}

export const logoutWithoutSession: Scenario = {
  id: 'logout/without-a-session',
  title: 'logging out of the application without a session asks nobody and leaves every other session alone',
  clauses: ['web-app-flows §1.4 (d)', 'logout-bugs scenario 8'],
  steps: [...aliceSignsIn, setAsideCookies('app'), open('logout'), bringBackCookies],
  expected: { claim: 'You are logged out', proven: allSignedIn },
}

export const tamperedLogoutRequest: Scenario = {
  id: 'logout/tampered-logout-request',
  title: 'a LogoutRequest changed on its way ends no token; the application ends its own session before it looks',
  clauses: ['elasticsearch-saml §3.4', 'web-app-flows §1.4 (f)', 'logout-bugs scenario 20'],
  steps: [
    ...aliceSignsIn,
    armFault({ party: 'idp', on: 'LogoutRequest', to: 'app', change: { signature: 'tampered' } }),
    ...logOutEverywhere,
  ],
  expected: {
    claim: 'could not be validated',
    proven: { ...onlyTokensAlive, idpSession: 'dead' },
  },
}

export const tamperedLogoutRequestToCarefulApplication: Scenario = {
  id: 'logout/tampered-logout-request-to-a-careful-application',
  title: 'a careful application keeps its session until Elasticsearch has verified the LogoutRequest',
  clauses: ['saml-core-2.0 §3.7.3.1', 'elasticsearch-saml §3.4', 'security C030'],
  given: { applications: [{ name: 'app', profile: 'careful' }] },
  steps: [
    ...aliceSignsIn,
    armFault({ party: 'idp', on: 'LogoutRequest', to: 'app', change: { signature: 'tampered' } }),
    ...logOutEverywhere,
  ],
  expected: {
    claim: 'could not be validated',
    proven: { ...signedIn, idpSession: 'dead' },
  },
}

export const spInitiatedLogoutOfCarefulApplication: Scenario = {
  id: 'logout/sp-initiated-by-a-careful-application',
  title: 'a careful application has the answer to its LogoutRequest judged before it says that all is over',
  clauses: ['saml-profiles-2.0 §4.4.3.4', 'elasticsearch-saml §5'],
  given: { applications: [{ name: 'app', profile: 'careful' }] },
  steps: [...aliceSignsIn, press('Log out')],
  expected: { claim: 'You are logged out', proven: allSignedOut },
}

export const otherLoginAtRequester: Scenario = {
  id: 'logout/another-login-at-the-requester',
  title: 'who asks for a logout is not asked back: its other login in the same IdP session keeps its tokens',
  clauses: ['saml-profiles-2.0 §4.4.3.2', 'logout-bugs F10'],
  steps: [...aliceSignsIn, setAsideCookies('app'), open('application'), press('Log out')],
  expected: {
    claim: 'You are logged out',
    proven: { ...onlyTokensAlive, idpSession: 'dead' },
  },
}
