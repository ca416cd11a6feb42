import { createVerify } from 'node:crypto'
import { expect, test } from 'vitest'
import { judgeQuerySignature } from '#saml/oracles.test-support'
import { mintQuery, publicKeyPem, rawOf } from './changes.test-support.ts'

/** Whether a signature is over exactly these octets, by OpenSSL in this process. */
function isOver(octets: string, parameters: readonly string[]): boolean {
  const signature = Buffer.from(decodeURIComponent(rawOf(parameters, 'Signature') ?? ''), 'base64')
  return createVerify('sha256').update(octets).verify(publicKeyPem, signature)
}

const namesOf = (parameters: readonly string[]) => parameters.map((each) => each.split('=')[0])

test.each([
  ['nothing changed but the form of the base64', { base64: 'wrapped' }],
  ['escapes in lower case', { escapes: 'lower' }],
  ["escapes of Java's URLEncoder", { escapes: 'java' }],
  ['a plus for a blank', { space: 'plus' }],
  ['no DEFLATE', { deflate: 'none' }],
  ['an empty RelayState', { relayState: 'empty' }],
])('openssl verifies the signature over the very octets that are sent: %s', async (_case, change) => {
  const query = (await mintQuery('LogoutRequest', change)).join('&')
  expect(await judgeQuerySignature(query, publicKeyPem)).toMatchObject({ accepted: true })
})

test.each([
  ['none', ['SAMLRequest', 'RelayState']],
  ['partial', ['SAMLRequest', 'RelayState', 'SigAlg']],
  ['embedded', ['SAMLRequest', 'RelayState']],
])('signature %s leaves out what it says', async (signature, names) => {
  expect(namesOf(await mintQuery('LogoutRequest', { signature }))).toEqual(names)
})

test.each<[string, (parameters: readonly string[]) => string]>([
  ['messageOnly', ([message = '']) => message],
  ['withoutRelayState', ([message, , sigAlg]) => `${message}&${sigAlg}`],
  ['rawRelayState', ([message, , sigAlg]) => `${message}&RelayState=a b/c:d&e'~(*)&${sigAlg}`],
])('signature %s is over that and nothing else', async (signature, octetsOf) => {
  const parameters = await mintQuery('LogoutRequest', { signature })
  expect(namesOf(parameters)).toEqual(['SAMLRequest', 'RelayState', 'SigAlg', 'Signature'])
  expect(isOver(octetsOf(parameters), parameters)).toBe(true)
  expect(isOver(parameters.slice(0, 3).join('&'), parameters)).toBe(false)
})

test('a RelayState that the change itself brings can be left out of what is signed', async () => {
  const change = { relayState: { value: 'a/b' }, signature: 'withoutRelayState' }
  const parameters = await mintQuery('LogoutRequest', change, { relayState: null })
  const [message, relayState, sigAlg] = parameters
  expect(relayState).toBe('RelayState=a%2Fb')
  expect(isOver(`${message}&${sigAlg}`, parameters)).toBe(true)
})

test('a tampered signature is another in its first octet alone', async () => {
  const parameters = await mintQuery('LogoutRequest', { signature: 'tampered' })
  expect(isOver(parameters.slice(0, 3).join('&'), parameters)).toBe(false)
  const octets = Buffer.from(decodeURIComponent(rawOf(parameters, 'Signature') ?? ''), 'base64')
  octets.writeUInt8(octets.readUInt8(0) ^ 1)
  const mended = `Signature=${encodeURIComponent(octets.toString('base64'))}`
  expect(isOver(parameters.slice(0, 3).join('&'), [...parameters.slice(0, 3), mended])).toBe(true)
})

test('one form of the escapes can be signed and another sent', async () => {
  const parameters = await mintQuery('LogoutRequest', { escapes: { signed: 'upper', sent: 'lower' } })
  expect(parameters[1]).toBe('RelayState=a%20b%2fc%3ad%26e%27~%28%2a%29')
  const upper = parameters.slice(0, 3).map((each) => each.replace(/%../g, (octet) => octet.toUpperCase()))
  expect(isOver(upper.join('&'), parameters)).toBe(true)
  expect(isOver(parameters.slice(0, 3).join('&'), parameters)).toBe(false)
})

test.each<[readonly string[], readonly string[]]>([
  [
    ['message', 'relayState', 'signature', 'sigAlg'],
    ['SAMLRequest', 'RelayState', 'Signature', 'SigAlg'],
  ],
  [
    ['sigAlg', 'signature'],
    ['SigAlg', 'Signature'],
  ],
  [
    ['extra', 'message', 'message', 'relayState', 'sigAlg', 'signature'],
    ['extra', 'SAMLRequest', 'SAMLRequest', 'RelayState', 'SigAlg', 'Signature'],
  ],
])('the parameters %j are sent as they are listed, under a right signature', async (roles, names) => {
  const parameters = await mintQuery('LogoutRequest', { parameters: roles })
  expect(namesOf(parameters)).toEqual(names)
  const right = ['SAMLRequest', 'RelayState', 'SigAlg'].map((name) => parameters.find((each) => each.startsWith(name)))
  if (roles.includes('message')) expect(isOver(right.join('&'), parameters)).toBe(true)
})
