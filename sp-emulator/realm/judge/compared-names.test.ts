import { expect, test } from 'vitest'
import { type LogoutResponse, writeLogoutResponse } from '#saml/messages/logout-response'
import { success } from '#saml/messages/status'
import { writeIdpMetadata } from '#saml/metadata/idp-metadata'
import { isAddress, isNoAddress, nearMisses, withBlanks } from '#saml/near-misses.test-support'
import { refusal } from '#saml/refusals.test-support'
import { knownMetadata } from '../metadata/idp-metadata-source.ts'
import { type Change, signedLogin, withAssertion, withConfirmation, withResponse } from '../test-logins.test-support.ts'
import {
  acsUrl,
  baseIdpMetadata,
  carry,
  idpEntityId,
  logoutQuery,
  logoutUrl,
  noon,
  signed,
  spEntityId,
  testRealm,
} from '../test-realm.test-support.ts'

// cases/sabotage R6, XR11, XR12, XR14: every name that the realm compares, tried with what nearly is the right one.

const { realm } = testRealm()
const authenticate = async (change: Change) => realm.authenticate(await signedLogin(change), ['_login1'])
const complete = async (changes: Partial<LogoutResponse>) => {
  const base = { id: '_response1', issueInstant: noon, issuer: idpEntityId, inResponseTo: '_logout1', status: success }
  const queryString = signed(carry(writeLogoutResponse({ ...base, ...changes }), 'SAMLResponse'))
  return realm.checkLogoutResponse({ queryString, content: undefined, ids: ['_logout1'] })
}
const withAudience = (audience: string) => withAssertion({ conditions: { audienceRestrictions: [[audience]] } })
const accept = async (changes: Parameters<typeof logoutQuery>[0]) => realm.acceptLogoutRequest(logoutQuery(changes))

type Offer = (value: string) => Promise<unknown>

const issuers: readonly [string, Offer][] = [
  ['LogoutRequest', (issuer) => accept({ issuer })],
  ['Response', (issuer) => authenticate(withResponse({ issuer }))],
  ['Assertion', (issuer) => authenticate(withAssertion({ issuer }))],
  ['LogoutResponse', (issuer) => complete({ issuer })],
]

test.each(
  issuers.flatMap(([message, offer]) => nearMisses(idpEntityId).map((miss) => [message, ...miss, offer] as const)),
)('the Issuer of a %s is another %s: %j', async (_message, _miss, issuer, offer) => {
  const reason = `SAML Issuer [${issuer}] does not match expected value [${idpEntityId}]`
  await expect(offer(issuer)).rejects.toThrow(refusal('SAML_ISSUER', reason))
})

test.each(
  issuers.flatMap(([message, offer]) => withBlanks(idpEntityId).map((same) => [message, ...same, offer] as const)),
)('the Issuer of a %s is the same %s: %j', async (_message, _name, issuer, offer) => {
  await expect(offer(issuer)).resolves.not.toThrow()
})

const destinations: readonly [string, string, Offer, (destination: string) => string][] = [
  [
    'LogoutRequest',
    logoutUrl,
    (destination) => accept({ destination }),
    (d) => `SAML request _request1 is for destination ${d} but this realm uses ${logoutUrl}`,
  ],
  [
    'Response',
    acsUrl,
    (destination) => authenticate(withResponse({ destination })),
    (d) => `SAML response _response1 is for destination ${d} but this realm uses ${acsUrl}`,
  ],
  [
    'LogoutResponse',
    logoutUrl,
    (destination) => complete({ destination }),
    (d) => `SAML response _response1 is for destination ${d} but this realm uses ${logoutUrl}`,
  ],
]

test.each(
  destinations.flatMap(([message, expected, offer, reason]) =>
    [...nearMisses(expected).filter(isAddress), ...withBlanks(expected)].map(
      ([miss, value]) => [message, miss, value, offer, reason] as const,
    ),
  ),
)('the Destination of a %s is another %s: %j', async (_message, _miss, destination, offer, reason) => {
  await expect(offer(destination)).rejects.toThrow(refusal('SAML_DESTINATION', reason(destination)))
})

test.each([...nearMisses(acsUrl).filter(isAddress), ...withBlanks(acsUrl)])(
  'a Recipient is another %s: %j',
  async (_miss, recipient) => {
    const reason = `SAML Assertion SubjectConfirmationData Recipient [${recipient}] does not match expected value [${acsUrl}]`
    await expect(authenticate(withConfirmation({ recipient }))).rejects.toThrow(refusal('SAML_RECIPIENT', reason))
  },
)

test.each(nearMisses(spEntityId).filter(isAddress))('an Audience is another %s: %j', async (_miss, audience) => {
  const reason = `Conditions [${audience}] do not match required audience [${spEntityId}]`
  await expect(authenticate(withAudience(audience))).rejects.toThrow(refusal('SAML_AUDIENCE', reason))
})

test.each(withBlanks(spEntityId))('an Audience is the same %s: %j', async (_name, audience) => {
  await expect(authenticate(withAudience(audience))).resolves.toMatchObject({ principal: { username: 'alice' } })
})

const addresses: readonly (readonly [string, string, Offer])[] = [
  ...destinations.map(
    ([message, expected, offer]) => [`samlp:${message} attribute Destination`, expected, offer] as const,
  ),
  [
    'saml:SubjectConfirmationData attribute Recipient',
    acsUrl,
    (recipient) => authenticate(withConfirmation({ recipient })),
  ],
  ['saml:Audience text', spEntityId, (audience) => authenticate(withAudience(audience))],
]

test.each(
  addresses.flatMap(([where, expected, offer]) =>
    nearMisses(expected)
      .filter(isNoAddress)
      .map((miss) => [where, ...miss, offer] as const),
  ),
)('a message cannot be parsed whose %s is an address %s: %j', async (where, _miss, value, offer) => {
  await expect(offer(value)).rejects.toMatchObject({
    code: 'SAML_SCHEMA',
    message: 'Failed to parse SAML message',
    facts: { causedBy: { type: 's_a_x_parse_exception', reason: `${where} is [${value}], expected anyURI` } },
  })
})

/** An InResponseTo that is no NCName breaks the schema before it is compared. */
const isNcName = ([, value]: readonly [string, string]) => /^[\p{L}_][\p{L}\p{N}._-]*$/u.test(value)

test.each(nearMisses('_logout1').filter(isNcName))(
  'a LogoutResponse answers another request %s: %j',
  async (_miss, inResponseTo) => {
    const reason = `SAML content is in-response-to [${inResponseTo}] but expected one of [_logout1] `
    await expect(complete({ inResponseTo })).rejects.toThrow(refusal('SAML_IN_RESPONSE_TO', reason))
  },
)

test.each(nearMisses('_login1').filter(isNcName))(
  'a Response answers another request %s: %j',
  async (_miss, inResponseTo) => {
    const reason = `SAML content is in-response-to [${inResponseTo}] but expected one of [_login1] `
    await expect(authenticate(withResponse({ inResponseTo }))).rejects.toThrow(refusal('SAML_IN_RESPONSE_TO', reason))
    await expect(authenticate(withConfirmation({ inResponseTo }))).rejects.toThrow(
      refusal('SAML_IN_RESPONSE_TO', reason),
    )
  },
)

const metadata = writeIdpMetadata(baseIdpMetadata)

test.each([...nearMisses(idpEntityId), ...withBlanks(idpEntityId)])(
  'the IdP of the metadata is another %s: %j',
  (_miss, entityId) => {
    const found = `the metadata has IDPSSODescriptor for [${idpEntityId}]`
    expect(() => knownMetadata(metadata, entityId)).toThrow(
      refusal('SAML_METADATA', `${found}, expected the IDPSSODescriptor of [${entityId}]`),
    )
  },
)
