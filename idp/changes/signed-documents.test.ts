import { createVerify, X509Certificate } from 'node:crypto'
import { expect, test } from 'vitest'
import { generateCredential } from '#saml/credentials'
import { judgeQuerySignature, judgeXmlSignature } from '#saml/oracles.test-support'
import { noon } from '../sp.test-support.ts'
import { credential, type Kind, makeIdp, mint, mintQuery, orders, rawOf } from './changes.test-support.ts'
import { coverTheirReferences } from './covered-references.test-support.ts'

const protocol = 'urn:oasis:names:tc:SAML:2.0:protocol'

async function posted(kind: Kind, change: Readonly<Record<string, unknown>>): Promise<string> {
  const minted = await mint(kind, change, { binding: 'post' })
  if (minted.binding !== 'post') throw new Error('it goes by POST')
  return Buffer.from(
    minted.form.fields[kind === 'LogoutRequest' ? 'SAMLRequest' : 'SAMLResponse'] ?? '',
    'base64',
  ).toString()
}

const certificatesIn = (document: string) =>
  [...document.matchAll(/<ds:X509Certificate>([^<]*)/g)].map(
    ([, base64 = '']) => new X509Certificate(Buffer.from(base64, 'base64')),
  )

const verified = (document: string, pem = credential.certificatePem) =>
  judgeXmlSignature(document, pem, `${protocol}:LogoutRequest`).then(({ accepted }) => accepted)

test('by POST a message without signature has none, and one that is embedded xmlsec1 verifies', async () => {
  expect(await posted('LogoutRequest', { signature: 'none' })).not.toContain('Signature')
  expect(await posted('Response', { signature: 'none' })).not.toContain('Signature')
  expect(await verified(await posted('LogoutRequest', { signature: 'embedded' }))).toBe(true)
})

test('by Redirect embedded and both sign the document, and both the query as well', async () => {
  for (const signature of ['embedded', 'both']) {
    const minted = await mint('LogoutRequest', { signature })
    expect([signature, await verified(minted.document)]).toEqual([signature, true])
    expect((minted as { queryString: string }).queryString.includes('Signature=')).toBe(signature === 'both')
  }
  const query = (await mintQuery('LogoutRequest', { signature: 'both' })).join('&')
  const pem = credential.certificate.publicKey.export({ type: 'spki', format: 'pem' }).toString()
  expect(await judgeQuerySignature(query, pem)).toMatchObject({ accepted: true })
})

test('a tampered document is one that xmlsec1 refuses, with everything in it as it was', async () => {
  const at = { id: { value: '_1' } }
  const [right, tampered] = await Promise.all([
    posted('LogoutRequest', at),
    posted('LogoutRequest', { ...at, signature: 'tampered' }),
  ])
  expect([await verified(right), await verified(tampered)]).toEqual([true, false])
  const withoutValue = (document: string) => document.replace(/(?<=<ds:SignatureValue>)[^<]*/, '')
  expect(withoutValue(tampered)).toBe(withoutValue(right))
})

test('a document that was changed after it was signed differs in its instant alone, and xmlsec1 refuses it', async () => {
  const [at, signature] = [{ id: { value: '_1' } }, { tampered: 'document' }]
  const right = await posted('LogoutRequest', at)
  const posting = await posted('LogoutRequest', { ...at, signature })
  const redirected = await mint('LogoutRequest', { ...at, signature })
  for (const tampered of [posting, redirected.document]) {
    expect([await verified(right), await verified(tampered)]).toEqual([true, false])
    const [was, is] = [right, tampered].map((text) => text.match(/ IssueInstant="([^"]*)"/)?.[1] ?? '')
    expect(Math.abs(Date.parse(was ?? '') - Date.parse(is ?? ''))).toBe(1000)
  }
  expect(posting.replace(/(?<= IssueInstant=")[^"]*/, '')).toBe(right.replace(/(?<= IssueInstant=")[^"]*/, ''))
  expect((redirected as { queryString: string }).queryString).not.toContain('Signature=')
})

test.each([
  ['rsa-sha1', 'http://www.w3.org/2000/09/xmldsig#rsa-sha1', 'sha1'],
  ['rsa-sha384', 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha384', 'sha384'],
  ['rsa-sha512', 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512', 'sha512'],
  [{ says: 'rsa-sha512', is: 'rsa-sha1' }, 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512', 'sha1'],
])('algorithm %j: the query says %s and is signed with %s', async (algorithm, says, digest) => {
  const parameters = await mintQuery('LogoutRequest', { algorithm })
  expect(decodeURIComponent(rawOf(parameters, 'SigAlg') ?? '')).toBe(says)
  const signature = Buffer.from(decodeURIComponent(rawOf(parameters, 'Signature') ?? ''), 'base64')
  const octets = parameters.slice(0, 3).join('&')
  expect(createVerify(digest).update(octets).verify(credential.certificate.publicKey, signature)).toBe(true)
})

test('in a document the algorithm is the SignatureMethod, which xmlsec1 follows, and refuses where it is another', async () => {
  const right = await posted('LogoutRequest', { algorithm: 'rsa-sha512' })
  expect(right).toContain('SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha512"')
  const wrong = await posted('LogoutRequest', { algorithm: { says: 'rsa-sha512', is: 'rsa-sha256' } })
  expect([await verified(right), await verified(wrong)]).toEqual([true, false])
})

test('ecdsa is for an IdP whose key is elliptic, and openssl verifies it', async () => {
  const elliptic = await generateCredential('idp', noon, { kind: 'P-256' })
  const idp = makeIdp({ credential: elliptic })
  const wanted = {
    kind: 'LogoutRequest',
    to: orders.entityId,
    nameId: { value: 'a' },
    change: { algorithm: 'ecdsa-sha256' },
  } as const
  const minted = await idp.mint(wanted)
  const pem = elliptic.certificate.publicKey.export({ type: 'spki', format: 'pem' }).toString()
  const { queryString } = minted as { queryString: string }
  expect(queryString).toContain('SigAlg=http%3A%2F%2Fwww.w3.org%2F2001%2F04%2Fxmldsig-more%23ecdsa-sha256&')
  expect(await judgeQuerySignature(queryString, pem)).toMatchObject({ accepted: true })
  await expect(mint('LogoutRequest', { algorithm: 'ecdsa-sha256' })).rejects.toMatchObject({
    type: 'notMade',
    message: 'change.algorithm: ecdsa-sha256 is not for a key of type rsa, which the IdP signs with',
  })
})

test('a key that nobody publishes signs, is the same the next time, and only its own certificate verifies it', async () => {
  const documents = await Promise.all(
    ['current', 'foreign', 'expired', 'foreign'].map((key) => posted('LogoutRequest', { key })),
  )
  const [current, foreign, expired, again] = documents.map((document) => certificatesIn(document)[0])
  expect(current?.fingerprint256).toBe(credential.certificate.fingerprint256)
  expect(foreign?.fingerprint256).toBe(again?.fingerprint256)
  expect(foreign?.fingerprint256).not.toBe(current?.fingerprint256)
  expect([current, foreign, expired].map((each) => Date.parse(each?.validTo ?? '') > noon)).toEqual([true, true, false])
  expect(await verified(documents[1] ?? '', String(foreign))).toBe(true)
  expect(await verified(documents[1] ?? '')).toBe(false)
  expect(makeIdp().metadata).not.toContain(foreign?.raw.toString('base64'))
})

const [second, third] = await Promise.all([generateCredential('2', noon), generateCredential('3', noon)])

test.each(['both', 'newOnly'] as const)(
  'the previous key is the one before the last roll-over, published %s, and the next the one that is announced',
  async (publish) => {
    const idp = makeIdp()
    await idp.rotateKey({ credential: second, publish })
    await idp.rotateKey({ credential: third, publish: 'announce' })
    const signers = await Promise.all(
      ['previous', 'current', 'next'].map(async (key) => {
        const wanted = { kind: 'LogoutRequest', to: orders.entityId, binding: 'post', nameId: { value: 'a' } } as const
        return certificatesIn((await idp.mint({ ...wanted, change: { key } })).document)[0]?.fingerprint256
      }),
    )
    expect(signers).toEqual([credential, second, third].map(({ certificate }) => certificate.fingerprint256))
  },
)

/** Where the genuine element stands in what xmlsec1 still verifies, and where the forged one, which says another name. */
const wrappings: readonly (readonly [number, Kind, RegExp])[] = [
  [
    1,
    'Response',
    /^<saml2p:Response [^>]*ID="_forged".*<ds:Signature .*<saml2p:Response .*alice.*<\/ds:Signature>.*forged</s,
  ],
  [
    2,
    'Response',
    /^<saml2p:Response [^>]*ID="_forged".*<saml2p:Response .*alice.*<\/saml2p:Response><ds:Signature .*forged</s,
  ],
  [3, 'Response', /<saml2:Assertion [^>]*ID="_forged".*forged.*<\/saml2:Assertion><saml2:Assertion .*alice/s],
  [
    4,
    'Response',
    /<saml2:Assertion [^>]*ID="_forged".*forged.*<saml2:Assertion .*alice.*<\/saml2:Assertion><\/saml2:Assertion>/s,
  ],
  [
    5,
    'Response',
    /<saml2:Assertion [^>]*ID="_forged".*<ds:Signature .*forged.*<\/saml2:Assertion><saml2:Assertion .*alice/s,
  ],
  [
    6,
    'Response',
    /<saml2:Assertion [^>]*ID="_forged".*<ds:Signature .*<saml2:Assertion .*alice.*<\/ds:Signature>.*forged</s,
  ],
  [
    7,
    'Response',
    /<saml2p:Extensions [^>]*><saml2:Assertion [^>]*ID="_forged".*forged.*<\/saml2p:Extensions><saml2:Assertion .*alice/s,
  ],
  [
    8,
    'Response',
    /<saml2:Assertion [^>]*ID="_forged".*<ds:Object><saml2:Assertion .*alice.*<\/ds:Object><\/ds:Signature>.*forged</s,
  ],
  [
    1,
    'LogoutRequest',
    /^<saml2p:LogoutRequest [^>]*ID="_forged".*<ds:Signature .*<saml2p:LogoutRequest .*alice.*<\/ds:Signature>.*forged</s,
  ],
  [2, 'LogoutRequest', /ID="_forged".*<saml2p:LogoutRequest .*alice.*<\/saml2p:LogoutRequest><ds:Signature .*forged</s],
  [
    7,
    'LogoutRequest',
    /ID="_forged".*<\/ds:Signature><saml2p:Extensions [^>]*><saml2p:LogoutRequest .*alice.*<\/saml2p:Extensions>.*forged</s,
  ],
  [
    8,
    'LogoutRequest',
    /ID="_forged".*<ds:Object><saml2p:LogoutRequest .*alice.*<\/ds:Object><\/ds:Signature>.*forged</s,
  ],
]

test.each(wrappings)(
  'wrapping %i of a %s borrows a signature that is good for what it refers to',
  async (wrapped, kind, shape) => {
    const document = await posted(kind, { signature: { wrapped } })
    expect(document.replace(/^<\?xml[^>]*\?>/, '')).toMatch(shape)
    expect(await coverTheirReferences([document, document.replace('>alice<', '>alicf<')])).toEqual([true, false])
  },
)

test('xmlsec1, which follows the reference, verifies the wrappings whose signature stands beside what it covers', async () => {
  for (const wrapped of [2, 7]) {
    const document = await posted('LogoutRequest', { signature: { wrapped } })
    expect([wrapped, await verified(document)]).toEqual([wrapped, true])
  }
})

test('by Redirect a wrapped message is signed in itself alone, and without a number it is the first wrapping', async () => {
  const minted = await mint('LogoutRequest', { signature: 'wrapped' })
  expect((minted as { queryString: string }).queryString).not.toContain('Signature=')
  expect(minted.document.replace(/^<\?xml[^>]*\?>/, '')).toMatch(
    wrappings.find(([wrapped, kind]) => wrapped === 1 && kind === 'LogoutRequest')?.[2] ?? /^$/,
  )
})
