import { expect, test } from 'vitest'
import { signEnveloped } from '#saml/signature/enveloped-signature'
import { aftermathOf, envelope, noEffect } from './bad-input.test-support.ts'
import {
  carry,
  idpKey,
  logoutQuery,
  logoutRequest,
  noon,
  notValidated,
  signed,
  strangerKey,
} from './realm/test-realm.test-support.ts'

/** What a stranger, or somebody on the way, can make of messages about alice and the victim (spec/security.md §5). */

const good = logoutQuery()
const evil = carry(logoutRequest({ nameId: { value: 'victim' }, sessionIndexes: ['_session2'] }))
const evilMessage = evil.slice('SAMLRequest='.length)
const withRelayState = signed(`${carry(logoutRequest())}&RelayState=a`)

const unsigned = [500, 'security_exception', 'Logout request is not signed', 'SAML_UNSIGNED'] as const
const badSignature = (query: string) =>
  [500, 'security_exception', notValidated(query, idpKey), 'SAML_SIGNATURE'] as const
const twice = [
  400,
  'illegal_argument_exception',
  'parameter [SAMLRequest] may be sent only once',
  'SAML_QUERY_AMBIGUOUS',
] as const
const escaped = (name: string) =>
  [
    400,
    'illegal_argument_exception',
    `parameter [${name}] may not be spelled with escapes`,
    'SAML_QUERY_AMBIGUOUS',
  ] as const
const together = [
  400,
  'illegal_argument_exception',
  'parameters [SAMLRequest] and [SAMLResponse] may not be sent together',
  'SAML_QUERY_AMBIGUOUS',
] as const
const refused = (reason: string, code: string) => [500, 'security_exception', reason, code] as const
const forDestination = (actual: string) =>
  refused(
    `SAML request _request1 is for destination ${actual} but this realm uses https://sp.test/saml/logout`,
    'SAML_DESTINATION',
  )

type Row = readonly [rule: string, query: string, status: number, type: string, reason: string, code: string]

const signedByMistake = (rule: string, query: string): Row => [rule, query, ...badSignature(query)]

const rows: readonly Row[] = [
  ['T01: neither SigAlg nor Signature', carry(logoutRequest()), ...unsigned],
  signedByMistake('T02: an empty Signature', good.replace(/Signature=.*/, 'Signature=')),
  ['T03: no SigAlg', good.replace(/&SigAlg=[^&]*/, ''), ...unsigned],
  signedByMistake('T04: the key of an attacker', signed(carry(logoutRequest()), { key: strangerKey })),
  signedByMistake('T05: the victim under the signature for alice', good.replace(/^[^&]*/, evil)),
  ['T06: an escaped name in front', `SAMLRequ%65st=${evilMessage}&${good}`, ...escaped('SAMLRequest')],
  ['T07: an escaped name behind', `${good}&SAMLRequ%65st=${evilMessage}`, ...escaped('SAMLRequest')],
  ['T08: a second message behind', `${good}&${evil}`, ...twice],
  ['T09: a second message in front', `${evil}&${good}`, ...twice],
  ['T10: both, the request in disguise', `SAMLRequ%65st=${evilMessage}&SAMLResponse=x`, ...escaped('SAMLRequest')],
  ['T10: an escaped SAMLResponse beside it', `${good}&SAMLRespons%65=${evilMessage}`, ...escaped('SAMLResponse')],
  ['T11: a SAMLResponse beside it', `${good}&SAMLResponse=${evilMessage}`, ...together],
  [
    'T19: for another service provider',
    logoutQuery({ destination: 'https://other.test/logout' }),
    ...forDestination('https://other.test/logout'),
  ],
  ['T20: for nobody', logoutQuery({ destination: undefined }), ...forDestination('null')],
  [
    'T21: of another IdP',
    logoutQuery({ issuer: 'https://other.test/' }),
    ...refused('SAML Issuer [https://other.test/] does not match expected value [https://idp.test/]', 'SAML_ISSUER'),
  ],
  [
    'T22: an hour too late',
    logoutQuery({ notOnOrAfter: noon - 3_600_000 }),
    ...refused(
      'Rejecting SAML assertion because [2031-05-04T11:57:00Z] is on/after [2031-05-04T11:00:00Z]',
      'SAML_EXPIRED',
    ),
  ],
  [
    'T23: a millisecond before the present less the skew',
    logoutQuery({ notOnOrAfter: noon - 180_001 }),
    ...refused(
      'Rejecting SAML assertion because [2031-05-04T11:57:00Z] is on/after [2031-05-04T11:56:59.999Z]',
      'SAML_EXPIRED',
    ),
  ],
  [
    'T23: at the present less the skew',
    logoutQuery({ notOnOrAfter: noon - 180_000 }),
    ...refused(
      'Rejecting SAML assertion because [2031-05-04T11:57:00Z] is on/after [2031-05-04T11:57:00Z]',
      'SAML_EXPIRED',
    ),
  ],
  signedByMistake('T32: RelayState removed', withRelayState.replace('&RelayState=a', '')),
  signedByMistake('T33: RelayState changed', withRelayState.replace('RelayState=a', 'RelayState=b')),
  signedByMistake('T34: RelayState added', good.replace('&SigAlg', '&RelayState=a&SigAlg')),
  ['T34: RelayState added in disguise', good.replace('&SigAlg', '&RelaySt%61te=a&SigAlg'), ...escaped('RelayState')],
  signedByMistake(
    'T35: escapes in lower case',
    good.replace(/%[0-9A-F]{2}/, (octet) => octet.toLowerCase()),
  ),
  signedByMistake('T38: in reverse order', good.split('&').reverse().join('&')),
  ['T39: a second message behind a semicolon', `${good};${evil}`, ...twice],
  signedByMistake('T41: another SigAlg', good.replace('rsa-sha256', 'rsa-sha512')),
  [
    'a question mark in front',
    `?${good}`,
    ...refused(`Could not parse SAMLRequest from query string: [?${good}]`, 'SAML_MESSAGE_MISSING'),
  ],
  [
    'no message at all',
    'RelayState=a',
    ...refused('Could not parse SAMLRequest from query string: [RelayState=a]', 'SAML_MESSAGE_MISSING'),
  ],
  [
    'case 116: a broken escape',
    'SAMLRequest=%zz',
    400,
    'illegal_argument_exception',
    "invalid escape sequence `%zz' at index 0 of: %zz",
    'SAML_QUERY_MALFORMED',
  ],
]

test.each(rows)(
  'C030: a LogoutRequest is refused and ends nothing: %s',
  async (_rule, query, status, type, reason, code) => {
    const { answer, effects, logged, logText } = await aftermathOf((node) => node.invalidate(query))
    expect(answer.json).toMatchObject(envelope(status, type, reason))
    expect(answer.status).toBe(status)
    expect(effects).toEqual(noEffect)
    expect(logged).toEqual([{ code, level: 'warn' }])
    expect(logText).not.toContain(query.slice(0, 60))
  },
)

test('T04: a LogoutRequest whose XML a stranger signed ends nothing', async () => {
  const query = carry(await signEnveloped(logoutRequest(), '_request1', strangerKey))
  const { answer, effects, logged } = await aftermathOf((node) => node.invalidate(query))
  expect(answer.status).toBe(500)
  expect(JSON.stringify(answer.json)).toMatch(
    /"reason":"SAML Signature \[.{32}\.\.\.\] could not be validated against \[.{64}\.\.\.\]"/,
  )
  expect(effects).toEqual(noEffect)
  expect(logged).toEqual([{ code: 'SAML_SIGNATURE', level: 'warn' }])
})

test('T18: a LogoutRequest with a captured signed Assertion in it ends nothing', async () => {
  const assertion =
    '<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_a" IssueInstant="2031-05-04T12:00:00Z" Version="2.0"><saml:Issuer>https://idp.test/</saml:Issuer></saml:Assertion>'
  const captured = (await signEnveloped(assertion, '_a', idpKey)).replace(/^<\?xml.*?\?>/, '')
  const document = logoutRequest().replace('</saml2:Issuer>', `$&<saml2p:Extensions>${captured}</saml2p:Extensions>`)
  const { answer, effects, logged } = await aftermathOf((node) => node.invalidate(carry(document)))
  expect(answer.json).toEqual(envelope(500, 'security_exception', 'Logout request is not signed'))
  expect(logged).toEqual([{ code: 'SAML_UNSIGNED', level: 'warn' }])
  expect(effects).toEqual(noEffect)
})
