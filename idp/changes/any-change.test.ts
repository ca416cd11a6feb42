import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MintRefusal } from '../mint/mint-refusal.ts'
import { mint } from './changes.test-support.ts'

const words = {
  signature: [
    'none',
    'query',
    'embedded',
    'both',
    'tampered',
    'rawRelayState',
    'partial',
    ...[1, 2, 3, 4, 5, 6, 7, 8].map((wrapped) => ({ wrapped })),
  ],
  key: ['foreign', 'previous'],
  algorithm: ['rsa-sha1', { says: 'ecdsa-sha256', is: 'rsa-sha512' }],
  parameters: [[], ['message', 'message', 'extra']],
  escapes: ['none', 'double', { signed: 'php', sent: 'js' }],
  space: ['plus', { signed: 'plus', sent: 'percent20' }],
  deflate: ['none', 'zlib', 'truncated', 'garbage', 'padded'],
  base64: ['wrapped', 'urlSafe', 'unpadded'],
  relayState: ['none', 'empty', 'tooLong', 'nonAscii', { value: '$& \r\n' }],
  nameId: [
    'none',
    'base',
    'encrypted',
    'shared',
    { value: { value: "$&<'>" }, format: 'alter', spProvidedId: 'alter' },
  ],
  sessionIndex: ['none', 'wrong', 'empty', 'shared', { list: ['a', '', '$1'] }],
  status: ['misspelt', 'none', ['PartialLogout', 'urn:x']],
  inResponseTo: ['none', 'wrong', 'literal', 'older', { value: '' }],
  destination: ['none', 'otherScheme', 'otherPort', 'otherCase', 'otherServiceProvider', { value: '$&' }],
  issuer: ['none', 'trailingSlash', 'withQuery', 'otherServiceProvider', { value: '' }],
  id: ['digit', 'repeated', { value: '"$&' }],
  issueInstant: ['noMilliseconds', 'offset', { shiftMs: -3_000_000_000_000 }],
  notOnOrAfter: ['none', 'noZone', { shiftMs: 3_000_000_000_000 }],
  xml: ['extraAttribute', 'wrongOrder', 'doctype', 'comment', 'wrongRoot', 'processingInstruction'],
  binding: ['redirect', 'post', 'soap'],
  address: ['acs', 'slo', 'location', { value: 'https://a.test/?x=$1' }],
} as const

const anything = fc.record({
  kind: fc.constantFrom('LogoutRequest', 'LogoutResponse', 'Response'),
  change: fc
    .uniqueArray(fc.constantFrom(...(Object.keys(words) as (keyof typeof words)[])), { minLength: 1, maxLength: 4 })
    .chain((keys) => fc.record(Object.fromEntries(keys.map((key) => [key, fc.constantFrom(...words[key])])))),
} as const)

test('whatever changes are wanted together, the message is made or refused with a path: nothing else goes wrong', async () => {
  const seen = { made: 0, refused: 0 }
  const property = fc.asyncProperty(anything, async ({ kind, change }) => {
    try {
      const minted = await mint(kind, { ...change }, { relayState: 'a b' })
      expect(minted.document).toContain('<saml2p:')
      seen.made += 1
    } catch (error) {
      if (!(error instanceof MintRefusal)) throw error
      expect(error.path).toMatch(/^change\./)
      seen.refused += 1
    }
  })
  await fc.assert(property, { numRuns: 200 })
  expect(Math.min(seen.made, seen.refused)).toBeGreaterThan(30)
})
