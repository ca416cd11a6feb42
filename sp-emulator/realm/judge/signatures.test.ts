import { expect, test } from 'vitest'
import { generateCredential } from '#saml/credentials'
import { refusal } from '#saml/refusals.test-support'
import { trustCertificate } from '#saml/signature/trusted-key'
import {
  carry,
  idpKey,
  logoutQuery,
  logoutRequest,
  nameOfKey,
  noon,
  notValidated,
  signed,
  signedBy,
  spKey,
  strangerKey,
  testRealm,
} from '../test-realm.test-support.ts'

const accept = (query: string, idp = {}) => testRealm({}, idp).realm.acceptLogoutRequest(query)
const withRelayState = (relayState: string) => signed(`${carry(logoutRequest())}&RelayState=${relayState}`)
const parameter = (query: string, name: string) => new RegExp(`${name}=[^&]*`).exec(query)?.[0] ?? ''
const other = logoutQuery({ id: '_request2' })

/** What anybody on the way could do to a good query. */
const forgeries: readonly (readonly [rule: string, query: string])[] = [
  [
    'case 4: the signature of another request',
    logoutQuery().replace(parameter(logoutQuery(), 'Signature'), parameter(other, 'Signature')),
  ],
  [
    'case 5: SigAlg rewritten to rsa-sha1',
    logoutQuery().replace('rsa-sha256', 'rsa-sha1').replace('2001%2F04%2Fxmldsig-more', '2000%2F09%2Fxmldsig'),
  ],
  ['T04: a stranger signed', signed(carry(logoutRequest()), { key: strangerKey })],
  [
    'T05: another name under the old signature',
    logoutQuery().replace(/^SAMLRequest=[^&]*/, carry(logoutRequest({ nameId: { value: 'bob' } }))),
  ],
  ['T32: RelayState removed', withRelayState('a').replace('&RelayState=a', '')],
  ['T33: RelayState changed', withRelayState('a').replace('RelayState=a', 'RelayState=b')],
  ['T34: RelayState added', logoutQuery().replace('&SigAlg', '&RelayState=a&SigAlg')],
  [
    'T35: escapes in lower case',
    logoutQuery().replace(/%[0-9A-F]{2}(?=.*&Signature)/g, (octet) => octet.toLowerCase()),
  ],
  ['T38: the parameters in reverse order', logoutQuery().split('&').reverse().join('&')],
  ['T41: SigAlg rewritten to rsa-sha512', logoutQuery().replace('rsa-sha256', 'rsa-sha512')],
  ['T70: signed with our own key', signed(carry(logoutRequest()), { key: spKey })],
  ['a foreign parameter in front', `x=1&${logoutQuery()}`],
]

test.each(forgeries)('a query signature is refused: %s', (_rule, query) => {
  expect(() => accept(query)).toThrow(refusal('SAML_SIGNATURE', notValidated(query, idpKey)))
})

test.each([
  ['an unknown algorithm', 'urn:anything#sha256'],
  ['a sloppy name', 'RSA-SHA256'],
  ['a blank behind the name', 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256 '],
  ['a MAC', 'http://www.w3.org/2001/04/xmldsig-more#hmac-sha256'],
  ['MD5', 'http://www.w3.org/2001/04/xmldsig-more#rsa-md5'],
  ['an algorithm for another kind of key', 'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256'],
])('T43-T45: no key verifies a signature by %s', (_case, algorithm) => {
  const query = signed(carry(logoutRequest()), { algorithm })
  expect(() => accept(query)).toThrow(refusal('SAML_SIGNATURE', notValidated(query, idpKey)))
})

test.each([
  [
    'T36: signed with escapes in lower case',
    signed(carry(logoutRequest()).replace(/%[0-9A-F]{2}/g, (octet) => octet.toLowerCase())),
  ],
  ['T37: a RelayState that looks like parameters', withRelayState('SAMLRequest%3D1%26Signature%3D2')],
  [
    'T42: signed with rsa-sha1',
    signed(carry(logoutRequest()), { digest: 'sha1', algorithm: 'http://www.w3.org/2000/09/xmldsig#rsa-sha1' }),
  ],
  [
    'signed with rsa-sha512',
    signed(carry(logoutRequest()), {
      digest: 'sha512',
      algorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512',
    }),
  ],
  ['signed in another order', signed(`RelayState=a&${carry(logoutRequest())}`)],
  ['a foreign parameter signed along', signed(`${carry(logoutRequest())}&x=1`)],
])('a query signature is accepted: %s', (_rule, query) => {
  expect(accept(query).id).toBe('_request1')
})

test('case 5: the untouched query still passes after a forged one', () => {
  const { realm } = testRealm()
  const query = logoutQuery()
  expect(() => realm.acceptLogoutRequest(query.replace('rsa-sha256', 'rsa-sha1'))).toThrow(
    expect.objectContaining({ code: 'SAML_SIGNATURE' }),
  )
  expect(realm.acceptLogoutRequest(query).id).toBe('_request1')
})

test('T02: an empty signature is a wrong one', () => {
  expect(() => accept(logoutQuery().replace(/Signature=.*/, 'Signature='))).toThrow(
    refusal('SAML_SIGNATURE', `SAML Signature [] could not be validated against [${nameOfKey(idpKey)}]`),
  )
})

test('a signature that is no base64 is refused before the message is looked at', () => {
  expect(() => accept('SAMLRequest=-&SigAlg=x&Signature=-')).toThrow(
    refusal('SAML_BASE64', 'SAML message cannot be Base64 decoded'),
  )
})

test('the signature is judged before the message is decoded', () => {
  const query = 'SAMLRequest=-&SigAlg=x&Signature=AAAA'
  expect(() => accept(query)).toThrow(refusal('SAML_SIGNATURE', notValidated(query, idpKey)))
})

test('an IdP without keys verifies nothing', () => {
  const query = logoutQuery()
  expect(() => accept(query, { keyDescriptors: [] })).toThrow(refusal('SAML_SIGNATURE', notValidated(query)))
})

test('T70: a key that is for encryption signs nothing', () => {
  const keyDescriptors = [{ use: 'encryption', key: trustCertificate(idpKey.certificate) }]
  const query = logoutQuery()
  expect(() => accept(query, { keyDescriptors })).toThrow(refusal('SAML_SIGNATURE', notValidated(query)))
})

test('a key without a use signs', () => {
  expect(accept(logoutQuery(), { keyDescriptors: [{ key: trustCertificate(idpKey.certificate) }] }).id).toBe(
    '_request1',
  )
})

test('case 69: any of the keys of an IdP may have signed', () => {
  const idp = signedBy(strangerKey, spKey, idpKey)
  expect(accept(logoutQuery(), idp).id).toBe('_request1')
})

test('a refusal names every key that was tried', async () => {
  const fourth = await generateCredential('fourth.test', noon)
  const query = signed(carry(logoutRequest()), { key: fourth })
  expect(() => accept(query, signedBy(idpKey, strangerKey))).toThrow(
    refusal('SAML_SIGNATURE', notValidated(query, idpKey, strangerKey)),
  )
})
