import { createPrivateKey, sign, X509Certificate } from 'node:crypto'
import { expect, test } from 'vitest'
import { NAMESPACE } from '#saml/names'
import { signWithXmlsec } from '#saml/oracles.test-support'
import { trustCertificate } from '#saml/signature/trusted-key'
import { openssl } from '../settings/keystore.test-support.ts'
import { loginXml } from '../test-logins.test-support.ts'
import { carry, idpKey, logoutRequest, testRealm } from '../test-realm.test-support.ts'

/** The same in a query, in a LogoutRequest and in a Response, for every algorithm that a node knows (spec §3.4). */

const more = 'http://www.w3.org/2001/04/xmldsig-more#'
const digests = ['sha1', 'sha256', 'sha384', 'sha512'] as const
const uriOf = (kind: 'rsa' | 'ecdsa', digest: string) =>
  kind === 'rsa' && digest === 'sha1' ? `${NAMESPACE.signature}rsa-sha1` : `${more}${kind}-${digest}`

const ecPem = (
  await openssl(['ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', 'a.key'], {}, 'a.key')
).toString()
const ecCertificate = new X509Certificate(
  await openssl(
    ['req', '-x509', '-new', '-key', 'a.key', '-subj', '/CN=ec', '-out', 'a.crt'],
    { 'a.key': ecPem },
    'a.crt',
  ),
)
const pemOf = { rsa: idpKey.privateKeyPem, ecdsa: ecPem }

/** An IdP with a key of either kind, the one for ECDSA in front. */
const bothKinds = {
  keyDescriptors: [ecCertificate, idpKey.certificate].map((certificate) => ({ key: trustCertificate(certificate) })),
}
const realm = () => testRealm({}, bothKinds).realm
const algorithms = (['rsa', 'ecdsa'] as const).flatMap((kind) => digests.map((digest) => ({ kind, digest })))
const notValidated = expect.objectContaining({
  code: 'SAML_SIGNATURE',
  message: expect.stringMatching(/^SAML Signature \[/),
})

function signedQuery({ kind, digest }: (typeof algorithms)[number], dsaEncoding: 'der' | 'ieee-p1363' = 'der'): string {
  const octets = `${carry(logoutRequest())}&SigAlg=${encodeURIComponent(uriOf(kind, digest))}`
  const value = sign(digest, Buffer.from(octets), { key: createPrivateKey(pemOf[kind]), dsaEncoding })
  return `${octets}&Signature=${encodeURIComponent(value.toString('base64'))}`
}

/** xmlsec1 signs, so that nothing of ours has a part in it. */
function signedXml({ kind, digest }: (typeof algorithms)[number], document: string, id: string, signed: string) {
  const c14n = NAMESPACE.exclusiveC14n
  const template = `<Signature xmlns="${NAMESPACE.signature}"><SignedInfo>
    <CanonicalizationMethod Algorithm="${c14n}"/><SignatureMethod Algorithm="${uriOf(kind, digest)}"/>
    <Reference URI="#${id}"><Transforms><Transform Algorithm="${NAMESPACE.signature}enveloped-signature"/>
      <Transform Algorithm="${c14n}"/></Transforms>
      <DigestMethod Algorithm="${NAMESPACE.encryption}sha256"/><DigestValue/></Reference>
  </SignedInfo><SignatureValue/></Signature>`
  return signWithXmlsec(document.replace('</saml2:Issuer>', `$&${template}`), pemOf[kind], signed)
}

test.each(algorithms)('a query that is signed with $kind-$digest is accepted', (algorithm) => {
  expect(realm().acceptLogoutRequest(signedQuery(algorithm)).id).toBe('_request1')
})

test.each(algorithms)('a LogoutRequest that is signed with $kind-$digest in its XML is accepted', async (algorithm) => {
  const xml = await signedXml(algorithm, logoutRequest(), '_request1', `${NAMESPACE.protocol}:LogoutRequest`)
  expect(realm().acceptLogoutRequest(carry(xml)).id).toBe('_request1')
})

test.each(algorithms)('a Response that is signed with $kind-$digest is accepted', async (algorithm) => {
  const xml = await signedXml(algorithm, loginXml(), '_response1', `${NAMESPACE.protocol}:Response`)
  expect((await realm().authenticate(Buffer.from(xml), ['_login1'])).principal.username).toBe('alice')
})

test('in a query ECDSA is DER, and the two numbers side by side are refused', () => {
  expect(() => realm().acceptLogoutRequest(signedQuery({ kind: 'ecdsa', digest: 'sha256' }, 'ieee-p1363'))).toThrow(
    notValidated,
  )
})

test.each(algorithms)('an algorithm other than the one that $kind-$digest was made with is refused', (algorithm) => {
  const { kind, digest } = algorithm
  const otherDigest = digest === 'sha512' ? 'sha256' : 'sha512'
  const query = signedQuery(algorithm)
  const swap = (to: string) => query.replace(encodeURIComponent(uriOf(kind, digest)), encodeURIComponent(to))
  for (const uri of [uriOf(kind, otherDigest), uriOf(kind === 'rsa' ? 'ecdsa' : 'rsa', digest)]) {
    expect(() => realm().acceptLogoutRequest(swap(uri))).toThrow(notValidated)
  }
})

test.each(algorithms)('T70: a key for encryption verifies no $kind-$digest in XML', async (algorithm) => {
  const keyDescriptors = bothKinds.keyDescriptors.map((descriptor) => ({ ...descriptor, use: 'encryption' }) as const)
  const xml = await signedXml(algorithm, loginXml(), '_response1', `${NAMESPACE.protocol}:Response`)
  await expect(testRealm({}, { keyDescriptors }).realm.authenticate(Buffer.from(xml), ['_login1'])).rejects.toThrow(
    notValidated,
  )
})
