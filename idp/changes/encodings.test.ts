import { deflateRawSync, inflateRawSync, inflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { mint, mintQuery, rawOf } from './changes.test-support.ts'

/** Each by hand, as the documentation of that program has it. The blank, the reserved and what only some leave bare. */
test.each([
  ['upper', 'a%20b%2Fc%3Ad%26e%27~%28%2A%29', '%3A%2F%2F'],
  ['lower', 'a%20b%2fc%3ad%26e%27~%28%2a%29', '%3a%2f%2f'],
  ['java', 'a+b%2Fc%3Ad%26e%27%7E%28*%29', '%3A%2F%2F'],
  ['dotnet', 'a+b%2fc%3ad%26e%27%7e(*)', '%3a%2f%2f'],
  ['php', 'a+b%2Fc%3Ad%26e%27%7E%28%2A%29', '%3A%2F%2F'],
  ['js', "a%20b%2Fc%3Ad%26e'~(*)", '%3A%2F%2F'],
  ['double', 'a%2520b%252Fc%253Ad%2526e%2527~%2528%252A%2529', '%253A%252F%252F'],
])('escapes %s are those of that program, in every value', async (escapes, relayState, inSigAlg) => {
  const parameters = await mintQuery('LogoutResponse', { escapes })
  expect(rawOf(parameters, 'RelayState')).toBe(relayState)
  expect(rawOf(parameters, 'SigAlg')?.startsWith(`http${inSigAlg}www.w3.org`)).toBe(true)
})

test('escapes none leaves every value as it is, so that it falls apart, but for what would end a header', async () => {
  const minted = await mint('LogoutRequest', { escapes: 'none' }, { relayState: 'a&b=c#d\r\n+é' })
  expect(minted).toMatchObject({
    url: expect.stringContaining('&RelayState=a&b=c#d%0D%0A+é&SigAlg=http://www.w3.org/'),
  })
})

test.each([
  ['plus', undefined, 'a+b%2F'],
  ['percent20', 'java', 'a%20b%2F'],
  ['plus', 'double', 'a+b%252F'],
])('space %s is how every blank is written, whatever the escapes: %s', async (space, escapes, begins) => {
  const parameters = await mintQuery('LogoutRequest', { space, ...(escapes && { escapes }) })
  expect(rawOf(parameters, 'RelayState')?.startsWith(begins)).toBe(true)
})

const octetsOf = async (change: object) =>
  Buffer.from(decodeURIComponent(rawOf(await mintQuery('LogoutRequest', { ...change }), 'SAMLRequest') ?? ''), 'base64')

test('what is not raw DEFLATE is what it says, by node:zlib', async () => {
  const [raw, none, zlib, truncated, garbage, padded] = await Promise.all(
    ['raw', 'none', 'zlib', 'truncated', 'garbage', 'padded'].map((deflate) => octetsOf({ deflate })),
  )
  const isRequest = /^<\?xml [^>]*\?><saml2p:LogoutRequest [\s\S]*<\/saml2p:LogoutRequest>$/
  expect(String(inflateRawSync(raw ?? ''))).toMatch(isRequest)
  expect(String(none)).toMatch(isRequest)
  expect(String(inflateSync(zlib ?? ''))).toMatch(isRequest)
  expect(() => inflateRawSync(zlib ?? '')).toThrow('invalid')
  expect(() => inflateRawSync(truncated ?? '')).toThrow('unexpected end of file')
  expect(() => inflateRawSync(garbage ?? '')).toThrow('invalid')
  expect(String(inflateRawSync(padded ?? ''))).toMatch(/<\/saml2p:LogoutRequest> {32768}$/)
})

test('base64 is wrapped, for URLs, or without padding, and says the same', async () => {
  const decoded = async (change: object) =>
    decodeURIComponent(rawOf(await mintQuery('LogoutRequest', { deflate: 'none', ...change }), 'SAMLRequest') ?? '')
  const lines = (await decoded({ base64: 'wrapped' })).split('\n')
  expect(lines.slice(0, -1).every((line) => line.length === 48)).toBe(true)
  expect(lines.length).toBeGreaterThan(10)
  // Three values of the same octets: the letters that differ are in this name.
  const nameId = { value: { value: '>>>???~~~' } }
  const urlSafe = await decoded({ base64: 'urlSafe', nameId, id: { value: '_1' } })
  const plain = await decoded({ nameId, id: { value: '_1' } })
  expect([/[+/]/.test(urlSafe), /[-_]/.test(urlSafe)]).toEqual([false, true])
  expect(urlSafe.replaceAll('-', '+').replaceAll('_', '/')).toBe(plain)
  for (const value of ['_1', '_12', '_123']) {
    const unpadded = await decoded({ base64: 'unpadded', id: { value } })
    expect(unpadded.endsWith('=')).toBe(false)
    expect(Buffer.from(unpadded, 'base64').toString()).toContain(`ID="${value}"`)
  }
})

test('in a form the document is padded and its base64 wrapped, and nothing is compressed', async () => {
  const minted = await mint('LogoutRequest', { deflate: 'padded', base64: 'wrapped' }, { binding: 'post' })
  if (minted.binding !== 'post') throw new Error('it goes by POST')
  const value = minted.form.fields['SAMLRequest'] ?? ''
  expect(value).toMatch(/^.{48}\n/)
  expect(Buffer.from(value, 'base64').toString()).toBe(minted.document + ' '.repeat(32 * 1024))
})

test('what is compressed is the right document, octet for octet', async () => {
  const minted = await mint('LogoutRequest', { escapes: 'lower' })
  if (minted.binding !== 'redirect') throw new Error('it goes by Redirect')
  const octets = Buffer.from(decodeURIComponent(rawOf(minted.queryString.split('&'), 'SAMLRequest') ?? ''), 'base64')
  expect(inflateRawSync(octets).equals(Buffer.from(minted.document))).toBe(true)
  expect(deflateRawSync(minted.document).length / octets.length).toBeCloseTo(1, 1)
})
