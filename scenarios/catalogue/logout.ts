import {
  allSignedIn,
  allSignedOut,
  bringBackCookies,
  open,
  press,
  pressAndSpoil,
  type Scenario,
  setAsideCookies,
  signedOut,
} from '../scenario.ts'

const signIn = [open('application'), press('alice')]

export const spInitiatedLogout: Scenario = {
  id: 'logout/sp-initiated',
  title: 'logging out of the application kills the tokens and the session at the IdP',
  clauses: ['saml-profiles-2.0 §4.4.3.1', 'elasticsearch-saml §4', 'logout-bugs scenario 1'],
  steps: [...signIn, press('Log out')],
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
  steps: [...signIn, open('portal'), press('Log out everywhere')],
  expected: { claim: 'Every service provider confirmed the logout.', proven: allSignedOut },
}

export const idpInitiatedLogoutAtTwoApplications: Scenario = {
  id: 'logout/idp-initiated-at-two-applications',
  title: 'logging out everywhere kills the sessions of both applications in the session of the IdP and their tokens',
  clauses: ['saml-profiles-2.0 §4.4.3', 'elasticsearch-saml §3'],
  given: { applications: [{ name: 'app' }, { name: 'second' }] },
  steps: [...signIn, open('application', 'second'), open('portal'), press('Log out everywhere')],
  expected: {
    claim: 'Every service provider confirmed the logout.',
    proven: { ...allSignedOut, others: { second: signedOut } },
  },
}

export const idpInitiatedLogoutWithoutCookie: Scenario = {
  id: 'logout/idp-initiated-without-the-cookie-of-the-application',
  title: 'a LogoutRequest kills the tokens also where the browser brings no session of the application',
  clauses: ['elasticsearch-saml §3.9', 'web-app-flows §1.4 (f)', 'logout-bugs scenario 3'],
  steps: [...signIn, setAsideCookies('application'), open('portal'), press('Log out everywhere'), bringBackCookies],
  expected: { claim: 'Every service provider confirmed the logout.', proven: allSignedOut },
}

export const logoutWithoutSession: Scenario = {
  id: 'logout/without-a-session',
  title: 'logging out of the application without a session asks nobody and leaves every other session alone',
  clauses: ['web-app-flows §1.4 (d)', 'logout-bugs scenario 8'],
  steps: [...signIn, setAsideCookies('application'), open('logout'), bringBackCookies],
  expected: { claim: 'You are logged out', proven: allSignedIn },
}

export const tamperedLogoutRequest: Scenario = {
  id: 'logout/tampered-logout-request',
  title: 'a LogoutRequest changed on its way ends no token; the application ends its own session before it looks',
  clauses: ['elasticsearch-saml §3.4', 'web-app-flows §1.4 (f)', 'logout-bugs scenario 20'],
  steps: [...signIn, open('portal'), pressAndSpoil('Log out everywhere', 'name-id-changed')],
  expected: {
    claim: 'could not be validated',
    proven: { application: 'signedOut', accessToken: 'alive', refreshToken: 'alive', idpSession: 'dead' },
  },
}

export const tamperedLogoutRequestToCarefulApplication: Scenario = {
  id: 'logout/tampered-logout-request-to-a-careful-application',
  title: 'a careful application keeps its session until Elasticsearch has verified the LogoutRequest',
  clauses: ['saml-core-2.0 §3.7.3.1', 'elasticsearch-saml §3.4', 'security C030'],
  given: { applications: [{ name: 'app', profile: 'careful' }] },
  steps: [...signIn, open('portal'), pressAndSpoil('Log out everywhere', 'name-id-changed')],
  expected: {
    claim: 'could not be validated',
    proven: { application: 'signedIn', accessToken: 'alive', refreshToken: 'alive', idpSession: 'dead' },
  },
}

export const spInitiatedLogoutOfCarefulApplication: Scenario = {
  id: 'logout/sp-initiated-by-a-careful-application',
  title: 'a careful application has the answer to its LogoutRequest judged before it says that all is over',
  clauses: ['saml-profiles-2.0 §4.4.3.4', 'elasticsearch-saml §5'],
  given: { applications: [{ name: 'app', profile: 'careful' }] },
  steps: [...signIn, press('Log out')],
  expected: { claim: 'You are logged out', proven: allSignedOut },
}

export const otherLoginAtRequester: Scenario = {
  id: 'logout/another-login-at-the-requester',
  title: 'who asks for a logout is not asked back: its other login in the same IdP session keeps its tokens',
  clauses: ['saml-profiles-2.0 §4.4.3.2', 'logout-bugs F10'],
  steps: [...signIn, setAsideCookies('application'), open('application'), press('Log out')],
  expected: {
    claim: 'You are logged out',
    proven: { application: 'signedOut', accessToken: 'alive', refreshToken: 'alive', idpSession: 'dead' },
  },
}
