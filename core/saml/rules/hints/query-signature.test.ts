import { generateKeyPairSync, sign } from 'node:crypto'
import { expect, test } from 'vitest'
import { RSA_SHA256 } from '../../algorithms.ts'
import { deflate } from '../../bindings/deflate.ts'
import { type EscapeName, escaped } from '../../bindings/escaped.ts'
import { document, signedQuery } from '../../bindings/redirect.test-support.ts'
import { idp, idpKeys, stranger } from '../../credentials.test-support.ts'
import { strictPolicy } from '../../signature/policy.ts'
import { hintForQuerySignature } from './query-signature.ts'

const relayState = "https://sp.test/a b?c='(d)*~!'"
const message = deflate(document).toString('base64')
const rsaSha1 = 'http://www.w3.org/2000/09/xmldsig#rsa-sha1'
const rsaSha512 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512'

const upper = (value: string) => escaped(value, 'upper', undefined)
const query = (values: Readonly<Record<string, string>>, style: EscapeName = 'upper') =>
  Object.entries(values)
    .map(([name, value]) => `${name}=${escaped(value, style, undefined)}`)
    .join('&')
const right = { SAMLRequest: message, RelayState: relayState, SigAlg: RSA_SHA256 }

const signatureOver = (octets: string, { key = idp.privateKey, digest = 'sha256' } = {}) =>
  sign(digest, Buffer.from(octets), key).toString('base64')
const signedAs = (signed: string, sent: string = query(right), how?: Parameters<typeof signatureOver>[1]) =>
  `${sent}&Signature=${upper(signatureOver(signed, how))}`
const hintFor = (rawQuery: string) => hintForQuerySignature({ rawQuery, keys: idpKeys })

const again = 'somebody between decoded and encoded the query again'

test.each<readonly [EscapeName, string]>([
  ['java', `it verifies with the escapes of Java's URLEncoder: ${again}`],
  ['dotnet', `it verifies with the escapes of .NET's UrlEncode: ${again}`],
  ['php', `it verifies with the escapes of PHP's urlencode: ${again}`],
  ['js', `it verifies with the escapes of JavaScript's encodeURIComponent: ${again}`],
  ['lower', `it verifies with lower-case escapes: ${again}`],
  [
    'none',
    'it verifies over the values without their escapes: the sender signed them before it escaped them, or they were escaped again after that',
  ],
  [
    'double',
    'it verifies over values that are escaped twice: one escaping was undone on the way, or the sender signed what it had escaped once more',
  ],
])('escapes are tried as other programs write them: %s', (style, hint) => {
  expect(hintFor(signedAs(query(right, style)))).toBe(hint)
})

test('escapes are tried in upper case', () => {
  expect(hintFor(signedAs(query(right), query(right, 'lower')))).toBe(`it verifies with upper-case escapes: ${again}`)
})

test('a blank is tried in its other form', () => {
  const why = 'blanks were written otherwise when it was signed'
  const plus = query(right).replaceAll('%20', '+')
  expect(hintFor(signedAs(plus))).toBe(`it verifies with + for a blank: ${why}`)
  expect(hintFor(signedAs(query(right), plus))).toBe(`it verifies with %20 for a blank: ${why}`)
})

test('two common differences are found together', () => {
  const signed = query(right, 'lower').replaceAll('%20', '+')
  expect(hintFor(signedAs(signed))).toBe(
    `it verifies with lower-case escapes and with + for a blank: ${again}; blanks were written otherwise when it was signed`,
  )
})

test('lower-case escapes are found without RelayState too', () => {
  const { RelayState: _, ...rest } = right
  expect(hintFor(signedAs(query(rest, 'lower')))).toBe(
    `it verifies without RelayState and with lower-case escapes: the sender did not sign it, or it was added after the signature; ${again}`,
  )
})

const { SAMLRequest, SigAlg } = right

test.each([
  [
    'RelayState left out',
    query({ SAMLRequest, SigAlg }),
    'it verifies without RelayState: the sender did not sign it, or it was added after the signature',
  ],
  [
    'RelayState unescaped',
    query(right).replace(/RelayState=[^&]*/, `RelayState=${relayState}`),
    'it verifies with RelayState unescaped: the sender signed it before it escaped it',
  ],
  [
    'the message alone',
    query({ SAMLRequest }),
    'it verifies over SAMLRequest alone: the sender signed neither RelayState nor SigAlg',
  ],
  [
    'SigAlg left out',
    query({ SAMLRequest, RelayState: relayState }),
    'it verifies without SigAlg: the sender did not sign it',
  ],
  [
    'the alphabet',
    query({ RelayState: relayState, SAMLRequest, SigAlg }),
    'it verifies in the order RelayState, SAMLRequest, SigAlg: the sender signed it so, and the binding has another order',
  ],
  [
    'the other name',
    query(right).replace('SAMLRequest', 'SAMLResponse'),
    'it verifies under the name SAMLResponse: it was signed as that, and sent as SAMLRequest',
  ],
  [
    'line breaks',
    query({ ...right, SAMLRequest: message.replace(/.{76}/g, '$&\r\n') }),
    'it verifies with SAMLRequest in lines of 76 characters: CR LF at their ends was taken out after the signature',
  ],
  [
    'the plain document',
    query({ ...right, SAMLRequest: Buffer.from(document).toString('base64') }),
    'it verifies with the message in SAMLRequest not deflated: the sender signed it before it deflated it',
  ],
])('what was signed is tried otherwise than the binding says: %s', (_what, signed, hint) => {
  expect(hintFor(signedAs(signed))).toBe(hint)
})

test('an empty RelayState that was signed and not sent is found', () => {
  const sent = query({ SAMLRequest, SigAlg })
  expect(hintFor(signedAs(query({ SAMLRequest, RelayState: '', SigAlg }), sent))).toBe(
    'it verifies with an empty RelayState: the sender signed one that it did not send, or it was left out on the way',
  )
})

test('the order of the binding is tried for a query that came in another', () => {
  const signature = upper(signatureOver(query({ SAMLRequest, SigAlg })))
  expect(hintFor(`SAMLRequest=${upper(message)}&Signature=${signature}&SigAlg=${upper(SigAlg)}`)).toBe(
    'it verifies with the parameters in the order of the binding: they came otherwise, as SAMLRequest, SigAlg around Signature',
  )
})

test('a parameter that was added is left out', () => {
  expect(hintFor(`sls=1&${signedAs(query(right))}`)).toBe(
    'it verifies without [sls]: that is no parameter of the binding, and was not there when it was signed',
  )
})

test('a parameter of others that was signed is taken in', () => {
  const sent = `sls=1&${query({ SAMLRequest, SigAlg })}`
  expect(hintFor(signedAs(sent, sent))).toBe(
    'it verifies over sls, SAMLRequest, SigAlg as they came: the sender signed parameters that are none of the binding too',
  )
})

test('a blank in base64 is tried as the + that it was', () => {
  const withPlus = deflate(document.replace('_1', '_5')).toString('base64')
  const values = { SAMLRequest: withPlus, SigAlg }
  const [signed, sent] = [query(values), query(values).replaceAll('%2B', '+')]
  expect(withPlus).toContain('+')
  expect(hintFor(signedAs(signed, sent))).toBe(
    'it verifies with + where SAMLRequest has blanks: in a query a bare + is a blank, and that of base64 is to be sent as %2B',
  )
})

// Keys are new each time, and with them signatures: this query's has everything that can be written otherwise.
const sent = Array.from({ length: 64 }, (_, made) => query({ ...right, RelayState: String(made) })).find((each) =>
  /\+.*\/|\/.*\+/.test(signatureOver(each)),
)
const signature = signatureOver(sent ?? '')

test.each([
  [
    'with blanks for +',
    signature.replaceAll('+', '%20'),
    'it verifies with + where Signature has blanks: in a query a bare + is a blank, and that of base64 is to be sent as %2B',
  ],
  [
    'in url-safe base64',
    signature.replaceAll('+', '-').replaceAll('/', '_'),
    'it verifies with + and / for - and _ in Signature: the sender wrote url-safe base64',
  ],
  [
    'without padding',
    upper(signature.replace(/=+$/, '')),
    'it verifies with = at the end of Signature: it is no strict base64',
  ],
  [
    'with white space',
    upper(signature.replace(/.{76}/g, '$&\n')),
    'it verifies without the white space in Signature: it is no strict base64',
  ],
  ['escaped twice', upper(upper(signature)), 'it verifies with Signature unescaped once more: it was escaped twice'],
])('Signature is read otherwise: %s', (_what, written, hint) => {
  expect(hintFor(`${sent}&Signature=${written}`)).toBe(hint)
})

test('another algorithm than SigAlg says is found', () => {
  const says = { SAMLRequest, SigAlg: rsaSha512 }
  expect(hintFor(signedAs(query(says), query(says), { digest: 'sha1' }))).toBe(
    'it verifies as rsa-sha1: the message says rsa-sha512',
  )
  const unknown = { SAMLRequest, SigAlg: 'RSA' }
  expect(hintFor(signedAs(query(unknown), query(unknown)))).toBe('it verifies as rsa-sha256: the message says [RSA]')
})

test('a key that is known and not trusted is named', () => {
  const otherKeys = [{ label: 'the next key of https://idp.test/', key: stranger.certificate.publicKey }]
  const rawQuery = signedAs(query(right), query(right), { key: stranger.privateKey })
  const changed = signedAs('something else', query(right), { key: stranger.privateKey })
  expect(hintForQuerySignature({ rawQuery, keys: idpKeys, otherKeys })).toBe(
    'it verifies with the next key of https://idp.test/: that is none of the keys that are trusted here',
  )
  expect(hintForQuerySignature({ rawQuery: changed, keys: idpKeys, otherKeys })).toBe(
    'the signature was made with the next key of https://idp.test/, which is not trusted here, and over something else',
  )
})

test('a signature that was cut is too short', () => {
  const cut = Buffer.from(signature, 'base64').subarray(0, 200).toString('base64')
  expect(hintFor(`${query(right)}&Signature=${upper(cut)}`)).toBe(
    'the signature has 200 octets, and one by a trusted key has 256: it was cut, or another key made it',
  )
})

test('of a query that was changed it is certain only who signed it', () => {
  expect(hintFor(signedAs(query(right).replace('RelayState=h', 'RelayState=x')))).toBe(
    'a trusted key made the signature, over something else: the query was changed after that, in none of the ways that were tried',
  )
})

test('an algorithm that only the policy refuses is named', () => {
  const says = { SAMLRequest, SigAlg: rsaSha1 }
  const rawQuery = signedAs(query(says), query(says), { digest: 'sha1' })
  expect(hintForQuerySignature({ rawQuery, keys: idpKeys, policy: strictPolicy })).toBe(
    'it verifies: only rsa-sha1 is too weak for the receiver, expected SHA-256 or more',
  )
})

const byNobody = (whose: string) =>
  `the signature was not made with ${whose}: another key made it, or its value was altered`

test('of a signature by nobody who is known that much is told', () => {
  const rawQuery = signedAs(query(right), query(right), { key: stranger.privateKey })
  expect(hintFor(rawQuery)).toBe(byNobody('the only key that is known here'))
  const otherKeys = [{ key: idpKeys[0]?.key ?? stranger.privateKey, label: 'it once more' }]
  expect(hintForQuerySignature({ rawQuery, keys: idpKeys, otherKeys })).toBe(
    byNobody('any of the 2 keys that are known here'),
  )
})

test("a signature whose octets were changed is nobody's", () => {
  const octets = Buffer.from(signature, 'base64')
  octets.writeUInt8(octets.readUInt8(9) ^ 1, 9)
  expect(hintFor(`${query(right)}&Signature=${upper(octets.toString('base64'))}`)).toBe(
    byNobody('the only key that is known here'),
  )
})

test.each(['', 'a', '&&&=', '%', 'SAMLRequest=%&Signature=%', 'SAMLRequest&SigAlg&Signature', 'Signature=abc'])(
  'nothing is said of what is no signed query: [%s]',
  (rawQuery) => {
    expect(hintFor(rawQuery)).toBeUndefined()
  },
)

test('nothing is said of a query that verifies', async () => {
  expect(hintFor(await signedQuery({ relayState }))).toBeUndefined()
})

test('an elliptic signature, which tells nobody who made it, is tried with every key', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const says = { SAMLRequest, SigAlg: 'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256' }
  const sent = query(says)
  const keys = [...idpKeys, { key: publicKey }]
  const hint = (signed: string) =>
    hintForQuerySignature({ rawQuery: signedAs(signed, sent, { key: privateKey }), keys })
  expect(hint(query(says, 'lower'))).toBe(`it verifies with lower-case escapes: ${again}`)
  expect(hint('something else')).toBeUndefined()
})

test('a query that is too long for any server is not tried', () => {
  const long = query({ ...right, RelayState: 'a'.repeat(16 * 1024) })
  expect(hintFor(signedAs(long.toLowerCase(), long))).toBeUndefined()
})
