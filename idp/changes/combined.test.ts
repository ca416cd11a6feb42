import { createVerify } from 'node:crypto'
import { inflateRawSync, inflateSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mint, publicKeyPem, rawOf, sloUrl } from './changes.test-support.ts'

/** Each key with values of it and what is then seen; what is seen without it comes first. Everything by hand, and by no code of ours. */
const seen = {
  escapes: { right: '%3A%2F', lower: '%3a%2f', java: '%3A%2F', dotnet: '%3a%2f', double: '%253A%252F', none: ':/' },
  deflate: { right: 'raw', none: 'none', zlib: 'zlib' },
  nameId: { right: '>alice<', none: undefined, shared: '>shared<' },
  sessionIndex: { right: ['_s1'], none: [], wrong: ['_wrong'], empty: [''] },
  destination: {
    right: sloUrl('redirect'),
    none: undefined,
    trailingSlash: `${sloUrl('redirect')}/`,
    otherPort: sloUrl('redirect').replace('8443', '8444'),
  },
  issuer: {
    right: 'http://idp.localhost:7070/metadata',
    none: undefined,
    withQuery: 'http://idp.localhost:7070/metadata?extra=1',
    otherScheme: 'https://idp.localhost:7070/metadata',
  },
  id: { right: 'the right one', digit: 'a digit', repeated: '_repeated' },
  issueInstant: {
    right: '2031-05-04T12:00:00.000Z',
    noMilliseconds: '2031-05-04T12:00:00Z',
    noZone: '2031-05-04T12:00:00.000',
  },
  notOnOrAfter: { right: '2031-05-04T12:05:00.000Z', none: undefined, offset: '2031-05-04T14:05:00.000+02:00' },
  xml: {
    right: [],
    extraAttribute: ['Unknown'],
    comment: ['<!--'],
    doctype: ['<!DOCTYPE'],
    processingInstruction: ['<?sloop'],
  },
  relayState: { right: 'a b/c', none: undefined, empty: '' },
  algorithm: { right: 'sha256', 'rsa-sha1': 'sha1', 'rsa-sha512': 'sha512' },
  address: { right: `${sloUrl('redirect')}?`, acs: 'https://orders.test/acs?' },
  signature: { right: 'whole', messageOnly: 'message', tampered: 'nothing', partial: undefined, none: undefined },
} as const

type Key = keyof typeof seen
const keys = Object.keys(seen) as Key[]
type Asked = { readonly [Name in Key]?: string }

const anyChange: fc.Arbitrary<Asked> = fc
  .record(
    Object.fromEntries(
      keys.map((key) => [key, fc.constantFrom(...Object.keys(seen[key]).filter((value) => value !== 'right'))]),
    ),
    { requiredKeys: [] },
  )
  .filter(({ signature, algorithm }) => !(signature === 'none' && algorithm !== undefined))

const expected = (asked: Asked) =>
  Object.fromEntries(keys.map((key) => [key, (seen[key] as Record<string, unknown>)[asked[key] ?? 'right']]))

const plain = (raw: string) =>
  raw.includes('%25') ? decodeURIComponent(decodeURIComponent(raw)) : decodeURIComponent(raw)

function opened(octets: Buffer): readonly [string, string] {
  if (octets[0] === 0x3c) return ['none', octets.toString()]
  return octets[0] === 0x78 && octets[1] === 0x9c
    ? ['zlib', inflateSync(octets).toString()]
    : ['raw', inflateRawSync(octets).toString()]
}

const attribute = (document: string, name: string) =>
  new RegExp(`^[^]*?<saml2p:[^>]* ${name}="([^"]*)"`).exec(document)?.[1]

function observed({ url, queryString }: { readonly url: string; readonly queryString: string }, asked: Asked) {
  const parameters = queryString.split('&')
  const raw = (name: string) => rawOf(parameters, name)
  const [deflate, document] = opened(Buffer.from(plain(raw('SAMLRequest') ?? ''), 'base64'))
  const id = attribute(document, 'ID') ?? ''
  const relayState = raw('RelayState')?.replaceAll('+', '%20')
  const markers = ['Unknown', '<!--', '<!DOCTYPE', '<?sloop']
  return {
    // Without SigAlg there is no value with these characters in it but the RelayState.
    escapes: /^http(.*?)(?=(?:%2F|%2f|%252F|\/)www)/.exec(raw('SigAlg') ?? '')?.[1],
    deflate,
    nameId: /<saml2:NameID [^>]*(>[^<]*<)/.exec(document)?.[1],
    sessionIndex: [...document.matchAll(/<saml2p:SessionIndex(?:\/>|>([^<]*))/g)].map(([, index = '']) => index),
    destination: attribute(document, 'Destination'),
    issuer: /<saml2:Issuer [^>]*>([^<]*)/.exec(document)?.[1],
    id: id === '_repeated' ? id : /^1_[0-9a-f]+$/.test(id) ? 'a digit' : /^_[0-9a-f]+$/.test(id) ? 'the right one' : id,
    issueInstant: attribute(document, 'IssueInstant'),
    notOnOrAfter: attribute(document, 'NotOnOrAfter'),
    xml: markers.filter((marker) => document.includes(marker)),
    relayState: relayState === undefined ? undefined : plain(relayState),
    algorithm: /[#]rsa-(sha\d+)$/.exec(plain(raw('SigAlg') ?? ''))?.[1],
    address: url.slice(0, url.indexOf('SAMLRequest=')),
    signature: raw('Signature') === undefined ? undefined : coverage(parameters, asked),
  }
}

/** Which of the octets that were sent the signature is over, by OpenSSL in this process. */
function coverage(parameters: readonly string[], { algorithm = 'rsa-sha256' }: Asked): string {
  const signature = Buffer.from(plain(rawOf(parameters, 'Signature') ?? ''), 'base64')
  const isOver = (octets: string) =>
    createVerify(algorithm.replace('rsa-', '')).update(octets).verify(publicKeyPem, signature)
  if (isOver(parameters.slice(0, -1).join('&'))) return 'whole'
  return isOver(parameters[0] ?? '') ? 'message' : 'nothing'
}

test('of any changes together each is seen as it was asked for, and everything else is right', async () => {
  const counts = new Map<Key, number>()
  const property = fc.asyncProperty(anyChange, async (asked) => {
    const minted = await mint('LogoutRequest', asked, { relayState: 'a b/c' })
    if (minted.binding !== 'redirect') throw new Error('it goes by Redirect')
    const isSigned = asked.signature !== 'none'
    const { escapes, algorithm, ...ofAll } = observed(minted, asked)
    const { escapes: wantedEscapes, algorithm: wantedAlgorithm, ...wanted } = expected(asked)
    expect(ofAll).toEqual(wanted)
    if (isSigned) expect([escapes, algorithm]).toEqual([wantedEscapes, wantedAlgorithm])
    for (const key of keys) if (asked[key] !== undefined) counts.set(key, (counts.get(key) ?? 0) + 1)
  })
  await fc.assert(property, { numRuns: 60 })
  expect(keys.filter((key) => (counts.get(key) ?? 0) < 20)).toEqual([])
})
