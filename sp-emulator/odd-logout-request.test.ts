import { deflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { alive, asUser, dead, realNode, tryTokens } from './real-node.test-support.ts'
import { signedLogin } from './realm/test-logins.test-support.ts'
import { carry, logoutQuery, logoutRequest, signed } from './realm/test-realm.test-support.ts'
import { readRedirect } from './realm/write/redirect.test-support.ts'

/** Messages that look odd and are right: they end what they name, and nothing else. */

const good = carry(logoutRequest())
const deflated = deflateRawSync(logoutRequest())
const evil = deflateRawSync(logoutRequest({ nameId: { value: 'victim' }, sessionIndexes: ['_session2'] }))
const carriedIn = (base64: string) => signed(`SAMLRequest=${encodeURIComponent(base64)}`)
const changed = (change: (xml: string) => string) => signed(carry(change(logoutRequest())))
const inName = (written: string) => changed((xml) => xml.replace('>alice<', `>${written}<`))
const lowerCase = (query: string) => query.replace(/%[0-9A-F]{2}/g, (octet) => octet.toLowerCase())
const rsaSha1 = { digest: 'sha1', algorithm: 'http://www.w3.org/2000/09/xmldsig#rsa-sha1' }

/** The base64 with its padding left off; the message is chosen so that there is some. */
function withoutPadding(): string {
  const padded = ['', ' ', '  ']
    .map((blanks) => deflateRawSync(logoutRequest() + blanks).toString('base64'))
    .find((base64) => base64.endsWith('='))
  return (padded ?? '').replace(/=+$/, '')
}

test.each([
  ['T36: signed with escapes in lower case', signed(lowerCase(good))],
  ['T37: a RelayState that looks like parameters', signed(`${good}&RelayState=a%26SAMLRequest%3Db%26Signature%3Dc`)],
  [
    'T40: a second message behind a fragment',
    `${logoutQuery()}#&SAMLRequest=${encodeURIComponent(evil.toString('base64'))}`,
  ],
  ['T42: rsa-sha1', signed(good, rsaSha1)],
  ['T48: octets behind the stream', carriedIn(Buffer.concat([deflated, Buffer.from('more')]).toString('base64'))],
  ['T48: a second stream behind the first', carriedIn(Buffer.concat([deflated, evil]).toString('base64'))],
  ['T49: line breaks in the base64', carriedIn(deflated.toString('base64').replace(/.{60}/g, '$&\r\n'))],
  ['T49: no padding', carriedIn(withoutPadding())],
  ['T57: a comment in the NameID', inName('ali<!-- victim -->ce')],
  [
    'T57: a comment in the Issuer',
    changed((xml) => xml.replace('idp.test/</saml2:Issuer>', 'idp.<!-- x -->test/</saml2:Issuer>')),
  ],
  ['T57: a comment in the SessionIndex', changed((xml) => xml.replace('>_session1<', '>_sess<!-- x -->ion1<'))],
  ['T58: CDATA in the NameID', inName('<![CDATA[alice]]>')],
  ['T58: a numeric reference in the NameID', inName('&#x61;&#108;ice')],
])('a LogoutRequest ends what it names: %s', async (_rule, query) => {
  const node = realNode()
  const [alice, victim] = [await node.login(), await node.login('victim', '_session2')]
  expect((await node.invalidate(query)).json).toMatchObject({ invalidated: 1 })
  expect(await tryTokens(node, alice)).toEqual(dead)
  expect(await tryTokens(node, victim)).toEqual(alive)
  expect(node.logged).toEqual([])
})

test('T37: a RelayState that looks like parameters is given back as one', async () => {
  const { json } = await realNode().invalidate(signed(`${good}&RelayState=a%26SAMLRequest%3Db`))
  expect(readRedirect(String(json['redirect'])).values['RelayState']).toBe('a&SAMLRequest=b')
})

const format = 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient'

test.each([
  ['T59: another case', { value: 'Alice', format }],
  ['T59: a no-break space', { value: 'alice\u00A0', format }],
  ['T59: a zero-width space', { value: 'al\u200Bice', format }],
  ['T60: another Format', { value: 'alice', format: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent' }],
  ['T60: no Format', { value: 'alice' }],
  ['T60: a NameQualifier', { value: 'alice', format, nameQualifier: 'x' }],
  ['T60: an SPNameQualifier', { value: 'alice', format, spNameQualifier: 'x' }],
  ['T63: nobody that is known', { value: 'nobody', format }],
  ['T63: nobody in it', { value: '', format }],
])('a name with %s ends nothing and is answered all the same', async (_case, nameId) => {
  const node = realNode()
  const login = await node.login()
  const { status, json } = await node.invalidate(logoutQuery({ nameId }))
  expect([status, json['invalidated'], typeof json['redirect']]).toEqual([200, 0, 'string'])
  expect(await tryTokens(node, login)).toEqual(alive)
})

test('T59: a composed and a decomposed character are two names', async () => {
  const node = realNode()
  const login = await node.login('zoe\u0308', '_session1')
  const { json } = await node.invalidate(logoutQuery({ nameId: { value: 'zo\u00EB', format } }))
  expect(json['invalidated']).toBe(0)
  expect(await tryTokens(node, login)).toEqual(alive)
})

test('T59: blanks around a name do not count, as at a node', async () => {
  const node = realNode()
  await node.login()
  expect((await node.invalidate(inName('\n  alice\t'))).json).toMatchObject({ invalidated: 1 })
})

test('T62: without a SessionIndex only the session that has none ends', async () => {
  const node = realNode()
  const others = [await node.login('alice', '_session1'), await node.login('alice', '_session2')]
  await node.authenticate(await signedLogin(asUser('alice', undefined)))
  expect((await node.invalidate(logoutQuery({ sessionIndexes: [] }))).json).toMatchObject({ invalidated: 1 })
  expect(await Promise.all(others.map((login) => tryTokens(node, login)))).toEqual([alive, alive])
})
