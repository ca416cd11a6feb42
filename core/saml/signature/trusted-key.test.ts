import { expect, test } from 'vitest'
import { idp } from '../credentials.test-support.ts'
import { certificateBase64 } from '../credentials.ts'
import { trustCertificate, trustCertificateBase64 } from './trusted-key.ts'

test('a trusted key comes from its certificate', () => {
  const trusted = trustCertificate(idp.certificate)
  expect(trusted.key.export({ type: 'spki', format: 'pem' })).toBe(
    idp.certificate.publicKey.export({ type: 'spki', format: 'pem' }),
  )
})

test('the base64 of its certificate is in one line, however it stood in the metadata', () => {
  const oneLine = certificateBase64(idp.certificate)
  expect(trustCertificateBase64(`\n  ${oneLine.replace(/.{76}/g, '$&\n')}\n`).certificateBase64).toBe(oneLine)
})

test('what is no certificate is not trusted', () => {
  expect(() => trustCertificateBase64('AAAA')).toThrow(
    expect.objectContaining({ code: 'SAML_KEY', message: expect.stringMatching(/^the certificate cannot be read: /) }),
  )
})
