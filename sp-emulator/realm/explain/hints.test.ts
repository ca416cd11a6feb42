import { expect, test } from 'vitest'
import type { Presented } from '#saml/rules/presented'
import { signEnveloped } from '#saml/signature/enveloped-signature'
import { trustCertificate } from '#saml/signature/trusted-key'
import { postedLogoutResponseRules, redirectedLogoutResponseRules } from '../judge/check-logout-response.ts'
import type { RealmConfig } from '../realm-config.ts'
import {
  type Change,
  loginXml,
  signedLogin,
  signLogin,
  withAssertion,
  withConfirmation,
  withResponse,
} from '../test-logins.test-support.ts'
import {
  acsUrl,
  carry,
  idpEntityId,
  idpKey,
  logoutQuery,
  logoutRequest,
  logoutUrl,
  noon,
  signed,
  sloUrl,
  spEntityId,
  spKey,
  strangerKey,
  testRealm,
} from '../test-realm.test-support.ts'
import { logoutResponse } from './bad-complete-logout.test-support.ts'
import { inQuery, posted } from './bad-message.test-support.ts'
import { explainMessage } from './explain-message.ts'
import { authenticateRules, invalidateRules } from './explained-rules.ts'
import { loginHints } from './login-hints.ts'
import { logoutRequestHints, logoutResponseHints } from './logout-hints.ts'

const forEncryption = {
  keyDescriptors: [
    { use: 'signing', key: trustCertificate(idpKey.certificate) },
    { use: 'encryption', key: trustCertificate(strangerKey.certificate) },
  ],
} as const
const others = [{ label: 'the logout address of the realm [saml2]', value: 'https://second.test/logout' }]

function hintsFor(presented: Presented, config: Partial<RealmConfig> = {}) {
  const { context } = testRealm(config, forEncryption)
  const ids = ['_login1', '_logout1']
  const { checks } = explainMessage(presented, { ...context, ids, otherRealms: others })
  return Object.fromEntries(checks.filter(({ holds }) => holds === false).map(({ rule, hint }) => [rule, hint]))
}

const logout = (changes: Parameters<typeof logoutQuery>[0]) => inQuery(logoutQuery(changes))
const answer = (changes: Parameters<typeof logoutResponse>[0], relayState = '') =>
  inQuery(signed(carry(logoutResponse(changes), 'SAMLResponse') + relayState))
const login = async (...changes: readonly Change[]) => posted(await signedLogin(...changes))
const ended = noon - 182_000
const would = 'it would hold if this clock stood 3 s earlier or more, or with a skew of at least 183 s'
const short = { notBefore: noon - 300_000, notOnOrAfter: ended, audienceRestrictions: [] }

test('a hint is of a rule', () => {
  const rules = [
    ...invalidateRules,
    ...redirectedLogoutResponseRules,
    ...postedLogoutResponseRules,
    ...authenticateRules,
  ]
  const names = rules.map(({ rule }) => rule)
  const hinted = Object.keys({ ...logoutRequestHints, ...logoutResponseHints, ...loginHints })
  expect(hinted.filter((name) => !names.includes(name))).toEqual([])
})

test.each<[string, Presented, Record<string, string | null>]>([
  [
    'the key of the realm',
    inQuery(signed(carry(logoutRequest()), { key: spKey })),
    { signedByTheIdp: "it verifies with the realm's own key: that is none of the keys that are trusted here" },
  ],
  [
    'the key of the IdP for encryption',
    inQuery(signed(carry(logoutRequest()), { key: strangerKey })),
    {
      signedByTheIdp: `it verifies with the encryption key of ${idpEntityId}: that is none of the keys that are trusted here`,
    },
  ],
  [
    'Signature alone',
    inQuery(logoutQuery().replace(/SigAlg=[^&]*&/, '')),
    { isSigned: 'it has Signature without SigAlg: only the two together are a signature' },
  ],
  [
    'SigAlg alone',
    inQuery(signed(carry(logoutResponse(), 'SAMLResponse')).replace(/&Signature=.*/, '')),
    { queryIsSigned: 'it has SigAlg without Signature: only the two together are a signature' },
  ],
  [
    'a signature in the document where the query has to have one',
    inQuery(carry(await signEnveloped(logoutResponse(), '_answer1', idpKey), 'SAMLResponse')),
    {
      queryIsSigned:
        'the document in it is signed, which does not count in a redirect: there the query is to be signed',
    },
  ],
  ['no signature', inQuery(carry(logoutRequest())), { isSigned: null }],
  [
    'the ACS where the logout address should stand',
    logout({ destination: acsUrl }),
    { forThisRealm: 'that is the ACS of this realm, not its logout address' },
  ],
  [
    'the address of the sender where that of the receiver should stand',
    logout({ destination: sloUrl }),
    { forThisRealm: 'that is the logout address of the IdP, not of this realm' },
  ],
  [
    'the address of another realm',
    logout({ destination: 'https://second.test/logout' }),
    { forThisRealm: 'that is the logout address of the realm [saml2]' },
  ],
  [
    'the receiver named as the sender',
    logout({ issuer: spEntityId }),
    { fromTheIdp: 'that is the entity id of this realm itself, not that of its IdP' },
  ],
  ['a LogoutRequest that came too late', logout({ notOnOrAfter: ended }), { notExpired: would }],
  [
    'a RelayState in the place of an ID',
    answer({ inResponseTo: '_state' }, '&RelayState=_state'),
    { answersAPendingRequest: 'that is its RelayState' },
  ],
  [
    'the ID of the answer in the place of that of the request',
    answer({ inResponseTo: '_answer1' }),
    { answersAPendingRequest: 'that is the ID of this message itself' },
  ],
  [
    'another Assertion key',
    posted(await signLogin(loginXml(), { key: spKey })),
    { assertionSignedByTheIdp: "it verifies with the realm's own key: that is none of the keys that are trusted here" },
  ],
  [
    'the ACS as audience',
    await login(withAssertion({ conditions: { audienceRestrictions: [['urn:a', acsUrl]] } })),
    { forThisAudience: `[${acsUrl}]: that is the ACS of this realm, not its entity id` },
  ],
  [
    'conditions that are over',
    await login(withAssertion({ conditions: short })),
    { assertionNotExpired: 'it would hold if this clock stood 3 s to 8 min earlier, or with a skew of at least 183 s' },
  ],
  ['a bearer that is over', await login(withConfirmation({ notOnOrAfter: ended })), { bearerNotExpired: would }],
  [
    'a session that is over',
    await login(withAssertion({ authnStatements: [{ authnInstant: noon, sessionNotOnOrAfter: ended }] })),
    { sessionNotExpired: would },
  ],
  [
    'the logout address as Recipient and Destination',
    await login(withConfirmation({ recipient: logoutUrl }), withResponse({ destination: `${acsUrl}/` })),
    {
      forThisRealm: 'it differs only in a slash at its end, which was not expected',
      forThisAcs: 'that is the logout address of this realm, not its ACS',
    },
  ],
])('a hint tells what it is in place of what was expected: %s', (_what, presented, hints) => {
  expect(hintsFor(presented)).toEqual(hints)
})

test('a realm that takes its users from an attribute under another spelling is told so', async () => {
  const attributes = [{ name: 'urn:UID', values: ['alice'] }]
  const told = hintsFor(await login(withAssertion({ attributes })), { attributes: { principal: 'urn:uid' } })
  expect(told).toEqual({ namesAUser: 'it differs only in upper and lower case' })
})

test('an answer to an earlier request of the realm is told to be that, and holds when it is said to be pending', async () => {
  const { realm, clock } = testRealm()
  const login = await realm.prepare({ relayState: undefined })
  clock.advance(1_000)
  const earlier = await realm.requestLogout({ saml_nameid_val: 'alice', saml_session: '_session1' })
  const told = async (inResponseTo: readonly string[], answered = earlier?.id) => {
    const { checks } = await realm.explain(answer({ inResponseTo: answered }), { inResponseTo })
    return checks.find(({ rule }) => rule === 'answersAPendingRequest')
  }
  const hint = (kind: string, at: string) =>
    `that is the ID of the ${kind} that this realm wrote at ${at}, which is not among those that are said to be pending`
  const ofLogout = hint('LogoutRequest', '2031-05-04T12:00:01.000Z')
  expect(await told(['_newer'])).toMatchObject({ code: 'SAML_IN_RESPONSE_TO', holds: false, hint: ofLogout })
  const ofLogin = hint('AuthnRequest', '2031-05-04T12:00:00.000Z')
  expect(await told(['_newer'], login.id)).toMatchObject({ holds: false, hint: ofLogin })
  expect(await told([earlier?.id ?? ''])).toMatchObject({ holds: true })
})
