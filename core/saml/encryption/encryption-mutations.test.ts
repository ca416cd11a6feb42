import { createCipheriv, privateDecrypt } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { expect, test } from 'vitest'
import { decrypt, encrypted, plaintext, recipient } from './encrypted.test-support.ts'

interface Parts {
  readonly key: Buffer
  readonly content: Buffer
}

const cbc = encrypted({ cipher: 'http://www.w3.org/2001/04/xmlenc#aes256-cbc' })
const gcm = encrypted({ cipher: 'http://www.w3.org/2009/xmlenc11#aes256-gcm' })

/** The document with its two cipher values changed, the wrapped key first. */
function mutate(document: string, change: (parts: Parts) => Partial<Parts>): string {
  const [key = '', content = ''] = [...document.matchAll(/<xenc:CipherValue>([^<]*)/g)].map(([, value]) => value)
  const parts = { key: Buffer.from(key, 'base64'), content: Buffer.from(content, 'base64') }
  const changed = { ...parts, ...change(parts) }
  return document.replace(key, changed.key.toString('base64')).replace(content, changed.content.toString('base64'))
}

function flip(octets: Buffer, index: number, mask = 1): Buffer {
  const flipped = Buffer.from(octets)
  flipped[index] = (octets[index] ?? 0) ^ mask
  return flipped
}

/** Everything that a refusal could tell. */
function refusalOf(document: string): unknown {
  try {
    return `decrypted ${decrypt(document)}`
  } catch (error) {
    const { name, message, cause, ...rest } = error as Error & { code: unknown; facts: unknown }
    return { name, message, cause, ...rest }
  }
}

const theOneRefusal = {
  name: 'SamlError',
  code: 'SAML_ENCRYPTED',
  message: 'the EncryptedID cannot be decrypted',
  cause: undefined,
  facts: {},
}

test('T74: 64 changes of a CBC ciphertext from its first block on have one and the same answer', () => {
  const documents = Array.from({ length: 64 }, (_, index) =>
    mutate(cbc, ({ content }) => ({ content: flip(content, 16 + index, 1 + (index % 255)) })),
  )
  expect(documents.map(refusalOf).filter((answer) => !isDeepStrictEqual(answer, theOneRefusal))).toEqual([])
})

test('T74: each of the 256 ends that a CBC padding could have is answered alike, unless it is a right one', () => {
  const documents = Array.from({ length: 256 }, (_, mask) =>
    mutate(cbc, ({ content }) => ({ content: flip(content, content.length - 17, mask) })),
  )
  const others = documents.map(refusalOf).filter((answer) => !isDeepStrictEqual(answer, theOneRefusal))
  expect(others).toEqual([`decrypted ${plaintext}`])
})

test('T74: a wrong padding is refused also when what it pads could be read', () => {
  const document = mutate(cbc, ({ key }) => {
    const contentKey = privateDecrypt(recipient.privateKey, key)
    const blanks = plaintext.padEnd(Math.ceil(plaintext.length / 16) * 16 + 16, ' ')
    const cipher = createCipheriv('aes-256-cbc', contentKey, Buffer.alloc(16)).setAutoPadding(false)
    return { content: Buffer.concat([Buffer.alloc(16), cipher.update(blanks), cipher.final()]) }
  })
  expect(refusalOf(document)).toEqual(theOneRefusal)
})

test('T74: a change of any octet of a GCM ciphertext, its IV or its tag is refused', () => {
  const length = Buffer.from(/<xenc:CipherValue>(?!.*<xenc:CipherValue>)([^<]*)/.exec(gcm)?.[1] ?? '', 'base64').length
  const documents = Array.from({ length }, (_, index) =>
    mutate(gcm, ({ content }) => ({ content: flip(content, index) })),
  )
  expect(documents.map(refusalOf).filter((answer) => !isDeepStrictEqual(answer, theOneRefusal))).toEqual([])
})

test.each([0, 1, 4, 8, 11, 12, 15, 16, 27, 28])('T74: %i octets of a GCM ciphertext are no ciphertext', (length) => {
  const document = mutate(gcm, ({ content }) => ({ content: content.subarray(0, length) }))
  expect(refusalOf(document)).toEqual(theOneRefusal)
})

test('T74: a GCM tag that is cut to four octets is refused', () => {
  const document = mutate(gcm, ({ content }) => ({ content: content.subarray(0, content.length - 12) }))
  expect(refusalOf(document)).toEqual(theOneRefusal)
})

test.each([0, 15, 16, 17, 31])('T74: %i octets of a CBC ciphertext are no ciphertext', (length) => {
  const document = mutate(cbc, ({ content }) => ({ content: content.subarray(0, length) }))
  expect(refusalOf(document)).toEqual(theOneRefusal)
})

test.each([
  ['changed', (key: Buffer) => flip(key, 100)],
  ['cut', (key: Buffer) => key.subarray(0, -1)],
  ['zero', (key: Buffer) => Buffer.alloc(key.length)],
  ['longer', (key: Buffer) => Buffer.concat([key, key])],
])('T74: a wrapped key that is %s has the same answer', (_change, change) => {
  expect(refusalOf(mutate(cbc, ({ key }) => ({ key: change(key) })))).toEqual(theOneRefusal)
})
