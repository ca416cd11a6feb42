import { allSignedIn, allSignedOut, type Expected, invalidates, signedIn } from '../scenario/expected.ts'
import type { Scenario, World } from '../scenario/scenario.ts'
import { armFault, endIdpSession, press, type Step, setClock } from '../scenario/steps.ts'
import { atWiki, leaves, withWiki } from './at-the-partner.ts'

type Change = NonNullable<Parameters<typeof armFault>[0]['change']>

interface ChangedRequest extends Pick<Scenario, 'id' | 'title' | 'clauses' | 'bugs' | 'notes'> {
  readonly given?: World
  /** What is wrong about the LogoutRequest of the partner. */
  readonly change?: Change
  /** What happens before the logout. */
  readonly before?: readonly Step[]
  readonly expected: Expected
}

/** Alice is signed in at the application and at a partner, and logs out at the partner, whose LogoutRequest is not as usual. */
function partnerAsks({ change, before = [], given = withWiki, ...story }: ChangedRequest): Scenario {
  const armed = change === undefined ? [] : [armFault({ party: 'wiki', on: 'LogoutRequest', change })]
  return { ...story, given, steps: [...atWiki, ...before, ...armed, press('Log out')] }
}

/** The IdP does not believe it, and shows why: nobody is told, and the partner has ended its own session before it asked. */
const refusedByPage = (code: string): Expected => ({
  claim: ['Refused', code],
  calls: [],
  proven: { ...allSignedIn, others: { wiki: leaves } },
  entries: [
    { match: { what: 'LogoutRequest', party: 'idp', accepted: false, refusal: { code } }, times: 1 },
    { match: { what: 'LogoutResponse' }, times: 0 },
  ],
})

/** The IdP believes who wrote it, and finds no such session: its answer says so. */
const answeredBy = (code: string, status: readonly string[]): Expected => ({
  claim: 'The identity provider refused the logout',
  calls: [],
  proven: { ...allSignedIn, others: { wiki: leaves } },
  entries: [
    { match: { what: 'LogoutRequest', party: 'idp', accepted: false, refusal: { code } }, times: 1 },
    { match: { what: 'LogoutResponse', direction: 'sent', from: 'idp', status }, times: 1 },
  ],
})
const noSuchSession = answeredBy('SAML_SESSION', ['Requester', 'UnknownPrincipal'])

const overAtIdp = (expected: Expected): Expected => ({
  ...expected,
  proven: { ...signedIn, idpSession: 'dead', others: { wiki: leaves } },
})

/** What the IdP makes of the LogoutRequests of service providers. */
export const partnerRequests: readonly Scenario[] = [
  partnerAsks({
    id: 'partners/request-unsigned',
    title: 'the IdP refuses a LogoutRequest that nobody signed',
    clauses: ['saml-profiles-2.0 §4.4.4.1'],
    bugs: ['A12', 'A15'],
    change: { signature: 'none' },
    expected: refusedByPage('SAML_UNSIGNED'),
  }),
  partnerAsks({
    id: 'partners/request-with-sha-1',
    title: 'an IdP that takes no SHA-1 refuses the LogoutRequest of a service provider that knows nothing else',
    clauses: ['security C030'],
    bugs: ['A11'],
    given: { ...withWiki, idp: { tolerate: [] } },
    change: { algorithm: 'rsa-sha1' },
    expected: refusedByPage('SAML_ALGORITHM'),
  }),
  partnerAsks({
    id: 'partners/request-for-the-login-address',
    title:
      'a LogoutRequest that names the address for logins as its Destination is refused, and signs nobody in or out',
    clauses: ['saml-core-2.0 §3.2.1'],
    bugs: ['D6', 'D12'],
    change: { destination: { value: 'http://idp.localhost/sso' } },
    expected: refusedByPage('SAML_DESTINATION'),
  }),
  partnerAsks({
    id: 'partners/request-without-a-session-index',
    title: 'a LogoutRequest without a SessionIndex means every session of the user, and the IdP ends them all',
    clauses: ['saml-core-2.0 §3.7.3'],
    bugs: ['C2'],
    change: { sessionIndex: 'none' },
    expected: {
      claim: 'The identity provider confirmed the logout',
      claims: { wiki: 'ended', app: 'ended' },
      calls: [invalidates(1)],
      proven: { ...allSignedOut, others: { wiki: leaves } },
    },
  }),
  partnerAsks({
    id: 'partners/request-with-another-session-index',
    title: 'the IdP answers UnknownPrincipal to a LogoutRequest with the SessionIndex of no session',
    clauses: ['saml-core-2.0 §3.7.3'],
    bugs: ['C3'],
    change: { sessionIndex: 'wrong' },
    expected: noSuchSession,
  }),
  partnerAsks({
    id: 'partners/request-about-another-name',
    title: 'the IdP answers UnknownPrincipal to a LogoutRequest about a name that nobody has',
    clauses: ['saml-core-2.0 §3.7.3'],
    bugs: ['C6'],
    change: { nameId: { value: { value: 'nobody' } } },
    expected: noSuchSession,
  }),
  partnerAsks({
    id: 'partners/request-with-an-sp-name-qualifier',
    title: 'the IdP answers UnknownPrincipal to a LogoutRequest whose SPNameQualifier the login did not have',
    clauses: ['saml-core-2.0 §3.7.3'],
    bugs: ['C8'],
    change: { nameId: { spNameQualifier: { value: 'urn:x' } } },
    expected: noSuchSession,
  }),
  partnerAsks({
    id: 'partners/request-with-another-format',
    title: 'the IdP finds no session for a name with another Format',
    clauses: ['saml-core-2.0 §3.7.3'],
    bugs: ['C10'],
    change: { nameId: { format: { value: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent' } } },
    expected: noSuchSession,
  }),
  partnerAsks({
    id: 'partners/request-with-a-name-qualifier',
    title: 'the IdP finds no session for a name with a NameQualifier that the partner invented',
    clauses: ['saml-core-2.0 §3.7.3'],
    bugs: ['C7'],
    change: { nameId: { nameQualifier: { value: 'urn:x' } } },
    expected: noSuchSession,
  }),
  partnerAsks({
    id: 'partners/request-of-an-hour-ago',
    title: 'the IdP refuses a LogoutRequest that was written an hour ago, although it says no end',
    clauses: ['saml-core-2.0 §3.2.1'],
    bugs: ['J1'],
    before: [setClock('wiki', { shiftMs: -3_600_000 })],
    expected: answeredBy('SAML_EXPIRED', ['Requester', 'RequestDenied']),
  }),
  partnerAsks({
    id: 'partners/relay-state-comes-back',
    title: 'the IdP answers with the RelayState of the LogoutRequest',
    clauses: ['saml-bindings-2.0 §3.4.3'],
    bugs: ['F9'],
    change: { relayState: { value: 'token' } },
    expected: {
      calls: [invalidates(1)],
      proven: { ...allSignedOut, others: { wiki: leaves } },
      entries: [{ match: { what: 'LogoutResponse', party: 'wiki' }, wire: '&RelayState=token&' }],
    },
  }),
  partnerAsks({
    id: 'partners/session-of-the-idp-is-over',
    title: 'the IdP answers UnknownPrincipal to a LogoutRequest after its session has ended, and tells nobody else',
    clauses: ['saml-core-2.0 §3.7.3.2'],
    bugs: ['C15', 'G11'],
    before: [endIdpSession('alice')],
    expected: overAtIdp(noSuchSession),
  }),
  {
    ...partnerAsks({
      id: 'partners/answer-posted-after-the-session-is-over',
      title: 'an IdP without a session can post its answer, since its page allows the address of the partner',
      clauses: ['saml-bindings-2.0 §3.5.4', 'CSP Level 3 §6.4.1'],
      bugs: ['H5'],
      before: [
        endIdpSession('alice'),
        armFault({ party: 'idp', on: 'LogoutResponse', to: 'wiki', change: { binding: 'post' } }),
      ],
      expected: overAtIdp(noSuchSession),
    }),
  },
  partnerAsks({
    id: 'partners/clock-of-the-idp-is-ahead',
    title: 'an IdP whose clock is hours ahead takes a LogoutRequest for expired, and the others are not told',
    clauses: ['saml-core-2.0 §3.7.1'],
    bugs: ['F13', 'J1'],
    before: [setClock('idp', { shiftMs: 8 * 3_600_000 })],
    expected: overAtIdp(answeredBy('SAML_EXPIRED', ['Requester', 'RequestDenied'])),
  }),
]
