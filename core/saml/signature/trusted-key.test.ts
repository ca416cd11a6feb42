import { expect, test } from 'vitest'
import { idp } from '../credentials.test-support.ts'
import { certificateBase64, generateCredential, readCertificate } from '../credentials.ts'
import { strictPolicy } from './policy.ts'
import { signingAlgorithm, signOctets, verifyQuerySignature } from './query-signature.ts'
import { trustCertificate } from './trusted-key.ts'

test('a trusted key comes from its certificate', () => {
  const trusted = trustCertificate(idp.certificate)
  expect(trusted.key.export({ type: 'spki', format: 'pem' })).toBe(
    idp.certificate.publicKey.export({ type: 'spki', format: 'pem' }),
  )
})

test('the base64 of its certificate is in one line, however it stood in the metadata', () => {
  const oneLine = certificateBase64(idp.certificate)
  expect(trustCertificate(readCertificate(`\n  ${oneLine.replace(/.{76}/g, '$&\n')}\n`)).certificateBase64).toBe(
    oneLine,
  )
})

test('a key is trusted although its certificate has expired', async () => {
  const expired = await generateCredential('expired.test', Date.UTC(2001, 0, 1))
  const octets = Buffer.from('SAMLRequest=abc&SigAlg=x')
  const value = Buffer.from(await signOctets(octets.toString(), expired), 'base64')
  const keys = [trustCertificate(expired.certificate)]
  expect(() =>
    verifyQuerySignature({ algorithm: signingAlgorithm(expired), value, octets }, keys, strictPolicy),
  ).not.toThrow()
})

test('what is no certificate is not trusted', () => {
  expect(() => trustCertificate(readCertificate('AAAA'))).toThrow(
    expect.objectContaining({ code: 'SAML_KEY', message: expect.stringMatching(/^the certificate cannot be read: /) }),
  )
})
