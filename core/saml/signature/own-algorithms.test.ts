import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { buildRedirectUrl, readRedirect } from '../bindings/redirect.ts'
import { idp, madeAt } from '../credentials.test-support.ts'
import { generateCredential } from '../credentials.ts'
import { writeLogoutRequest } from '../messages/logout-request.ts'
import { judgeQuerySignature, judgeXmlSignature } from '../oracles.test-support.ts'
import { readMessage } from '../schema/message.ts'
import { signEnveloped, verifyEnveloped } from './enveloped-signature.ts'
import { strictPolicy } from './policy.ts'
import { signingAlgorithm, verifyQuerySignature } from './query-signature.ts'
import { trustCertificate } from './trusted-key.ts'

const credentials = await Promise.all([
  idp,
  generateCredential('rsa.test', madeAt, { kind: 'RSA-3072' }),
  generateCredential('ec.test', madeAt, { kind: 'P-256' }),
  generateCredential('ec.test', madeAt, { kind: 'P-384' }),
])
const more = 'http://www.w3.org/2001/04/xmldsig-more#'
const rows = [
  ['RSA-2048', `${more}rsa-sha256`, 'sha256', credentials[0]],
  ['RSA-3072', `${more}rsa-sha256`, 'sha256', credentials[1]],
  ['P-256', `${more}ecdsa-sha256`, 'sha256', credentials[2]],
  ['P-384', `${more}ecdsa-sha384`, 'sha384', credentials[3]],
] as const

const header = { id: '_1', issueInstant: madeAt, issuer: 'https://idp.test' }
const document = writeLogoutRequest({ ...header, nameId: { value: 'alice' }, sessionIndexes: [] })
const name = 'urn:oasis:names:tc:SAML:2.0:protocol:LogoutRequest'

test.each(rows)(
  'xmlsec1 verifies a document that a key of %s signed, and so do we',
  async (_kind, uri, _digest, key) => {
    const signed = await signEnveloped(document, '_1', key)
    expect(signed).toContain(`<ds:SignatureMethod Algorithm="${uri}"/>`)
    expect(await judgeXmlSignature(signed, key.certificatePem, name)).toMatchObject({ accepted: true })
    expect((await judgeXmlSignature(signed.replace('alice', 'mallory'), key.certificatePem, name)).accepted).toBe(false)
    const root = readMessage(signed)
    const trusted = [trustCertificate(key.certificate)]
    expect(verifyEnveloped({ document: signed, root, element: root }, trusted, strictPolicy).key).toBe(root.key)
  },
)

test.each(rows)('openssl verifies a query that a key of %s signed, and so do we', async (_kind, uri, digest, key) => {
  const url = await buildRedirectUrl({ destination: 'https://sp.test/', kind: 'SAMLRequest', document, signWith: key })
  const query = url.slice(url.indexOf('?') + 1)
  expect(new URLSearchParams(query).get('SigAlg')).toBe(uri)
  const publicKey = key.certificate.publicKey.export({ type: 'spki', format: 'pem' }).toString()
  expect(await judgeQuerySignature(query, publicKey, digest)).toMatchObject({ accepted: true })
  const { signature } = readRedirect(query)
  if (signature.kind !== 'signed') throw new Error('the query is signed')
  const verify = () => verifyQuerySignature(signature, [trustCertificate(key.certificate)], strictPolicy)
  expect(verify).not.toThrow()
})

test('a key of another kind signs nothing', () => {
  const { privateKey } = generateKeyPairSync('ed25519')
  expect(() => signingAlgorithm({ ...idp, privateKey })).toThrow(new TypeError('a key of type ed25519 cannot sign'))
})
