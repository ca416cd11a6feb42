import { expect, test } from 'vitest'
import { decryptWithXmlsec, encryptWithXmlsec } from '../oracles.test-support.ts'
import { contentCiphers } from './algorithms.ts'
import { decrypt, encrypted, plaintext, recipient } from './encrypted.test-support.ts'

const ciphers = contentCiphers.map(({ uri, keyBytes }) => ({ uri, bits: keyBytes * 8 }))

test.each(ciphers)('C118 xmlsec1 decrypts what we encrypt with $uri', async ({ uri }) => {
  const [data = ''] = /<xenc:EncryptedData.*<\/xenc:EncryptedData>/s.exec(encrypted({ cipher: uri })) ?? []
  expect(await decryptWithXmlsec(data, recipient.privateKeyPem)).toBe(plaintext)
})

const template = (cipher: string) => `<EncryptedData xmlns="http://www.w3.org/2001/04/xmlenc#"
    Type="http://www.w3.org/2001/04/xmlenc#Element">
  <EncryptionMethod Algorithm="${cipher}"/>
  <KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#">
    <EncryptedKey xmlns="http://www.w3.org/2001/04/xmlenc#">
      <EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p"/>
      <CipherData><CipherValue/></CipherData>
    </EncryptedKey>
  </KeyInfo>
  <CipherData><CipherValue/></CipherData>
</EncryptedData>`

test.each(ciphers)('C118 we decrypt what xmlsec1 encrypts with $uri', async ({ uri, bits }) => {
  const { certificatePem } = recipient
  const data = await encryptWithXmlsec(plaintext, {
    template: template(uri),
    certificatePem,
    contentKey: `aes-${bits}`,
  })
  const document = `<EncryptedID xmlns="urn:oasis:names:tc:SAML:2.0:assertion">${data}</EncryptedID>`
  expect(decrypt(document)).toBe(plaintext)
})
