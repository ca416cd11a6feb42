import { expect, test } from 'vitest'
import { connectionsDuring } from '../canary.test-support.ts'
import { refusal } from '../refusals.test-support.ts'
import { readXml } from '../xml/read.ts'
import { contentCiphers } from './algorithms.ts'
import { decryptElement } from './decrypt-element.ts'
import { decrypt, encrypted, plaintext, recipient, stranger } from './encrypted.test-support.ts'

const cannotBeDecrypted = refusal('SAML_ENCRYPTED', 'the EncryptedID cannot be decrypted')

test.each(contentCiphers.map(({ uri }) => uri))('what was encrypted with %s is decrypted', (cipher) => {
  expect(decrypt(encrypted({ cipher }))).toBe(plaintext)
})

test.each(['sha1', 'sha256', 'sha384', 'sha512'] as const)('a content key may be wrapped with %s', (digest) => {
  expect(decrypt(encrypted({ digest }))).toBe(plaintext)
})

test('what was decrypted is read as an element', () => {
  const { element } = decryptElement(readXml(encrypted()), [recipient.privateKey])
  expect(element).toMatchObject({ key: 'saml:NameID', text: 'alice' })
})

test.each(['inside', 'beside'] as const)('the content key may stand %s the data', (keyPlace) => {
  expect(decrypt(encrypted({ keyPlace }))).toBe(plaintext)
})

test.each(['inside', 'beside'] as const)('of several content keys %s the data the one for us is found', (keyPlace) => {
  const recipients = [stranger.certificate.publicKey, recipient.certificate.publicKey]
  expect(decrypt(encrypted({ recipients, keyPlace }))).toBe(plaintext)
})

const beside = encrypted({ keyPlace: 'beside' })

test.each([
  ['nothing', beside.replace(/<ds:KeyInfo.*<\/ds:KeyInfo>/s, '')],
  ['another key', beside.replace(/URI="#_/, 'URI="#_0')],
  ['another document', beside.replace(/URI="#/, 'URI="http://127.0.0.1:1/#')],
  ['something else than a key', beside.replace(/Type="[^"]*EncryptedKey"/, 'Type="urn:x"')],
  ['a key without an identifier', beside.replace(/ Id="[^"]*"/, '').replace(/URI="#[^"]*"/, 'URI="#undefined"')],
])('a content key beside the data is not looked for where the KeyInfo leads to %s', (_case, document) => {
  expect(() => decrypt(document)).toThrow(cannotBeDecrypted)
})

test('C106 any of our keys may decrypt, also the last', () => {
  expect(decrypt(encrypted(), [stranger.privateKey, recipient.privateKey])).toBe(plaintext)
})

test.each([0, 1, 15, 16])('the padding of CBC fits a content that is %i octets longer', (count) => {
  const element = plaintext.replace('alice', 'a'.repeat(count))
  expect(decrypt(encrypted({ cipher: 'http://www.w3.org/2001/04/xmlenc#aes128-cbc' }, element))).toBe(element)
})

test('data may leave out its type', () => {
  expect(decrypt(encrypted().replace(/ Type="[^"]*"/, ''))).toBe(plaintext)
})

const RSA_1_5 = 'http://www.w3.org/2001/04/xmlenc#rsa-1_5'
const good = encrypted()
const change = (from: string | RegExp, to: string) => good.replace(from, to)

test.each([
  ['content for somebody else', encrypted({ recipients: [stranger.certificate.publicKey] })],
  ['content without a key', encrypted({ recipients: [] })],
  ['content of more keys than anybody needs', encrypted({ recipients: manyRecipients(17) })],
  ['RSA-1_5', change(/http[^"]*rsa-oaep-mgf1p/, RSA_1_5)],
  ['triple DES', change(/http[^"]*aes256-gcm/, 'http://www.w3.org/2001/04/xmlenc#tripledes-cbc')],
  ['a cipher that is none', change(/http[^"]*aes256-gcm/, 'urn:x')],
  ['a cipher for keys of another length', change('aes256-gcm', 'aes128-gcm')],
  ['no method of encryption', change(/<xenc:EncryptionMethod[^>]*aes256-gcm"\/>/, '')],
  ['a label digest that is none', change(/http[^"]*#sha1/, 'http://www.w3.org/2001/04/xmldsig-more#md5')],
  ['a mask of another digest than the label', change(/http[^"]*#sha1/, 'http://www.w3.org/2001/04/xmlenc#sha256')],
  ['content that is no element', change('#Element', '#Content')],
  ['something else than an EncryptedData', change(/xenc:EncryptedData/g, 'xenc:EncryptedFata')],
  ['a value that is no base64', change(/<xenc:CipherValue>./g, '<xenc:CipherValue>-')],
  ['a value that is empty', change(/<xenc:CipherValue>[^<]*/g, '<xenc:CipherValue>')],
  ['a plaintext that is no XML', encrypted({}, 'alice')],
  ['a plaintext of two elements', encrypted({}, `${plaintext}${plaintext}`)],
  ['a plaintext with a DOCTYPE', encrypted({}, `<!DOCTYPE x>${plaintext}`)],
  ['a plaintext that borrows a prefix', encrypted({}, '<saml2:NameID>alice</saml2:NameID>')],
  ['a plaintext against the grammar', encrypted({}, plaintext.replace('Format', 'Formt'))],
  ['a plaintext of nothing that SAML knows', encrypted({}, '<NameID>alice</NameID>')],
])('T74: %s is refused without a reason', (_rule, document) => {
  expect(() => decrypt(document)).toThrow(cannotBeDecrypted)
})

test('without any key nothing is decrypted', () => {
  expect(() => decrypt(good, [])).toThrow(cannotBeDecrypted)
})

test('C119 a content key that is wrapped with RSA-1_5 does not stand in the way of another', () => {
  const twice = encrypted({ recipients: [stranger.certificate.publicKey, recipient.certificate.publicKey] })
  expect(decrypt(twice.replace(/http[^"]*rsa-oaep-mgf1p/, RSA_1_5))).toBe(plaintext)
})

test('T82: references in encrypted content are never followed', async () => {
  const connections = await connectionsDuring((url) => {
    const reference = `<xenc:CipherReference URI="${url}"/>`
    const retrieval = `<ds:RetrievalMethod URI="${url}" Type="http://www.w3.org/2001/04/xmlenc#EncryptedKey"/>`
    const documents = [
      change(/<xenc:CipherValue>.*?<\/xenc:CipherValue>/, reference),
      change(/<xenc:CipherValue>(?!.*<xenc:CipherValue>).*?<\/xenc:CipherValue>/, reference),
      change(/<xenc:EncryptedKey.*<\/xenc:EncryptedKey>/, retrieval),
    ]
    for (const document of documents) expect(() => decrypt(document)).toThrow(cannotBeDecrypted)
  })
  expect(connections).toBe(0)
})

function manyRecipients(count: number) {
  return [...Array.from({ length: count - 1 }, () => stranger.certificate.publicKey), recipient.certificate.publicKey]
}
