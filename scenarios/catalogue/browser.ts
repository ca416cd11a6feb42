import { allSignedIn, allSignedOut, callsLogout } from '../scenario/expected.ts'
import type { Scenario, World } from '../scenario/scenario.ts'
import {
  back,
  bringBackCookies,
  copyCookies,
  inTab,
  look,
  open,
  openPath,
  press,
  pressTwice,
  reload,
  see,
  seeCookies,
} from '../scenario/steps.ts'
import { accepted } from './changed-logout-request.ts'
import { aliceSignsIn, logOutEverywhere } from './logged-in.ts'

const me = '/internal/security/me'
/** Where no script runs, a person presses the button of each page that would go on by itself. */
const signInByHand = [open('application'), press('Continue'), press('alice'), press('Continue')]
const withCookie = (sameSite: 'lax' | 'strict' | 'none', idp: World['idp'] = {}): World => ({
  applications: [{ name: 'app', sameSite }],
  idp,
})

const sites = ['lax', 'strict', 'none'] as const
const cookies = ['allowed', 'blocked'] as const

/** What calls are answered once the application has ended its session, and where it has not, but its tokens are dead. */
const [ended, overtaken] = [401, 400]

/** Whether the cookie of the application comes along with a LogoutRequest: then an application like Kibana clears it. */
const gridOf = (propagation: 'chain' | 'frames'): Scenario[] =>
  sites.flatMap((sameSite) =>
    cookies.map((thirdPartyCookies): Scenario => {
      const inFrames = propagation === 'frames'
      const comesAlong = !inFrames || (sameSite === 'none' && thirdPartyCookies === 'allowed')
      return {
        id: `browser/${propagation}-${sameSite}-${thirdPartyCookies}`,
        title: `a logout ${inFrames ? 'in frames' : 'from page to page'} ends the tokens; a SameSite=${sameSite} cookie ${comesAlong ? 'comes along' : 'stays behind'} where third-party cookies are ${thirdPartyCookies}`,
        clauses: ['RFC 6265bis §5.2', `logout-bugs scenario ${inFrames ? 66 : 65}`],
        bugs: inFrames ? ['H1', 'H4', 'G5'] : ['H2', 'H8', 'G5'],
        given: withCookie(sameSite, { propagation }),
        ...(thirdPartyCookies === 'blocked' && { conditions: { browser: { thirdPartyCookies: 'blocked' } } }),
        steps: [
          ...aliceSignsIn,
          ...logOutEverywhere,
          seeCookies('app', comesAlong ? 'gone' : 'there'),
          look(me, { status: comesAlong ? ended : overtaken }),
        ],
        expected: accepted,
      }
    }),
  )

/** What the browser does: cookies, tabs, scripts, clicks. */
export const browser: readonly Scenario[] = [
  ...gridOf('chain'),
  ...gridOf('frames'),
  {
    id: 'browser/without-scripts',
    title: 'without scripts nothing happens at /logout until the person presses the button',
    clauses: ['web-app-flows §1.4 (d)', 'logout-bugs scenario 67'],
    conditions: { browser: { scripts: 'off' } },
    steps: [...signInByHand, open('logout'), look(me, { status: 200 })],
    expected: { calls: [], proven: allSignedIn },
  },
  {
    id: 'browser/without-scripts-at-the-api',
    title: 'without scripts, opening /api/security/logout logs the person out',
    clauses: ['web-app-flows §1.4 (d)', 'logout-bugs scenario 67'],
    conditions: { browser: { scripts: 'off' } },
    steps: [...signInByHand, openPath('/api/security/logout'), press('Continue')],
    expected: { claim: 'You are logged out', claims: { app: 'ended' }, calls: [callsLogout], proven: allSignedOut },
  },
  {
    id: 'browser/second-tab-after-the-logout',
    title: 'a second tab finds out about the logout with its next click, and its calls are answered 401',
    clauses: ['web-app-flows §1.4', 'logout-bugs scenario 68'],
    bugs: ['H7'],
    steps: [
      ...aliceSignsIn,
      ...inTab('second', open('application'), see('You are signed in as alice')),
      press('Log out'),
      look(me, { status: 401 }),
      ...inTab('second', reload),
    ],
    expected: { claim: 'You are logged out', claims: { app: 'ended' }, calls: [callsLogout], proven: allSignedOut },
  },
  {
    id: 'browser/copied-cookie',
    title: 'a cookie that was copied before the logout opens nothing afterwards',
    clauses: ['web-app-flows §1.5', 'logout-bugs scenario 69'],
    bugs: ['G3', 'G18', 'G4'],
    steps: [...aliceSignsIn, copyCookies('app'), press('Log out'), bringBackCookies, look(me, { status: 401 })],
    expected: { claim: 'You are logged out', claims: { app: 'ended' }, calls: [callsLogout], proven: allSignedOut },
  },
  {
    id: 'browser/copied-cookie-of-the-idp',
    title: 'a cookie of the IdP that was copied before the logout belongs to no session afterwards',
    clauses: ['saml-profiles-2.0 §4.4.3.3'],
    bugs: ['G18'],
    steps: [...aliceSignsIn, copyCookies('idp'), ...logOutEverywhere, bringBackCookies],
    expected: accepted,
  },
  {
    id: 'browser/double-click',
    title: 'two clicks on Log out send one LogoutRequest, since the second finds no session',
    clauses: ['web-app-flows §1.4 (d)', 'logout-bugs scenario 70'],
    bugs: ['G13'],
    steps: [...aliceSignsIn, pressTwice('Log out')],
    expected: {
      claim: 'You are logged out',
      claims: { app: 'ended' },
      calls: [callsLogout],
      proven: allSignedOut,
      entries: [{ match: { what: 'LogoutRequest', party: 'idp' }, times: 1 }],
    },
  },
  {
    id: 'browser/back-after-the-logout',
    title: 'after a logout the back button shows no page of the user',
    clauses: ['web-app-flows §1.5'],
    bugs: ['G4'],
    steps: [...aliceSignsIn, press('Log out'), see('You are logged out'), back],
    expected: { claims: { app: 'ended' }, calls: [callsLogout], proven: allSignedOut },
  },
  {
    id: 'browser/two-tabs-sign-in',
    title: 'a login that a second tab has begun can be finished after the first tab has signed in',
    clauses: ['web-app-flows §1.4 (c)'],
    bugs: ['H7'],
    steps: [
      ...inTab('second', open('application')),
      ...aliceSignsIn,
      ...inTab('second', press('alice'), see('You are signed in as alice')),
    ],
    expected: {
      claim: 'You are signed in as alice',
      calls: [],
      proven: allSignedIn,
      entries: [{ match: { what: 'tokensEnded', endedBy: 'deleteToken' } }],
    },
  },
]
