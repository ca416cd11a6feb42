import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { idp, stranger } from '../credentials.test-support.ts'
import { certificateBase64 } from '../credentials.ts'
import { refusal } from '../refusals.test-support.ts'
import { readXml } from '../xml/read.ts'
import { readKeyDescriptors } from './key-descriptor.ts'

const [own, other] = [idp, stranger].map(({ certificate }) => certificateBase64(certificate))
const x509 = (...certificates: readonly (string | undefined)[]) =>
  `<ds:X509Data>${certificates.map((text) => `<ds:X509Certificate>${text}</ds:X509Certificate>`).join('')}</ds:X509Data>`
const descriptor = (content: string, use = '') =>
  `<md:KeyDescriptor${use === '' ? '' : ` use="${use}"`}><ds:KeyInfo>${content}</ds:KeyInfo></md:KeyDescriptor>`
const namespaces = 'xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:ds="http://www.w3.org/2000/09/xmldsig#"'
const read = (...descriptors: readonly string[]) => {
  const role = readXml(`<md:IDPSSODescriptor ${namespaces}>${descriptors.join('')}</md:IDPSSODescriptor>`)
  return readKeyDescriptors(role).map(({ use, key }) => [use, key.certificateBase64])
}

/** A certificate whose key Java reads and OpenSSL does not (cases/files 04). */
const case04 = new URL('../../../../shared/cases/files/04-key-of-an-unknown-algorithm/', import.meta.url)
const unknownAlgorithm = (file: string) =>
  /<ds:X509Certificate>([^<]*)/.exec(readFileSync(new URL(file, case04), 'utf8'))?.[1] ?? ''

test('of several certificates in one X509Data only the first is believed, the rest is its chain (cases/reports 01)', () => {
  expect(read(descriptor(x509(own, other), 'signing'))).toEqual([['signing', own]])
})

test('a chain may hold what cannot be read', () => {
  expect(read(descriptor(x509(own, 'TODO')))).toEqual([[undefined, own]])
})

test('each X509Data has a key of its own', () => {
  expect(read(descriptor(x509(own) + x509(other), 'signing'))).toEqual([
    ['signing', own],
    ['signing', other],
  ])
})

test.each(['', ' \n '])('a certificate without a value is passed over: %j (cases/reports 07)', (nothing) => {
  expect(read(descriptor(x509(nothing), 'signing'), descriptor(x509(nothing, own), 'signing'))).toEqual([
    ['signing', own],
  ])
})

test('a certificate for encryption that cannot be read is passed over, it may never be needed (cases/reports 07)', () => {
  expect(read(descriptor(x509('TODO'), 'encryption'), descriptor(x509(own), 'encryption'))).toEqual([
    ['encryption', own],
  ])
})

test.each(['signing', ''])('a certificate that signatures are verified with must be one: use=%j', (use) => {
  expect(() => read(descriptor(x509('TODO'), use))).toThrow(
    refusal('SAML_KEY', 'the certificate cannot be read: it is no X.509 certificate'),
  )
})

test.each(['idp-metadata.xml', 'sp-metadata.xml'])(
  'a key of an algorithm that is not known here verifies nothing: %s (cases/files 04)',
  (file) => {
    expect(unknownAlgorithm(file)).toMatch(/^\s*MII/)
    expect(read(descriptor(x509(unknownAlgorithm(file)), 'signing'), descriptor(x509(own), 'signing'))).toEqual([
      ['signing', own],
    ])
  },
)

test('a certificate outside of X509Data is none', () => {
  expect(read(descriptor(`<x xmlns="urn:x">${x509(own)}</x>`, 'signing'))).toEqual([])
})

test('the encryption methods of a key are read, with the digest and the mask of OAEP', () => {
  const [xmlenc, xmlenc11] = ['http://www.w3.org/2001/04/xmlenc#', 'http://www.w3.org/2009/xmlenc11#']
  const oaep = `<ds:DigestMethod Algorithm="${xmlenc}sha256"/><m:MGF xmlns:m="${xmlenc11}" Algorithm="${xmlenc11}mgf1sha256"/>`
  const methods = `<md:EncryptionMethod Algorithm="urn:x"/><md:EncryptionMethod Algorithm="${xmlenc11}rsa-oaep">${oaep}</md:EncryptionMethod>`
  const document = descriptor(x509(own), 'encryption').replace('</md:KeyDescriptor>', `${methods}$&`)
  const [key] = readKeyDescriptors(readXml(`<md:SPSSODescriptor ${namespaces}>${document}</md:SPSSODescriptor>`))
  expect(key?.encryptionMethods).toEqual([
    { algorithm: 'urn:x', digestUri: undefined, maskUri: undefined },
    { algorithm: `${xmlenc11}rsa-oaep`, digestUri: `${xmlenc}sha256`, maskUri: `${xmlenc11}mgf1sha256` },
  ])
})
