import { deflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { idpOrigin } from '../sp.test-support.ts'
import { logIn, makeWorld, refusedIn, whoIsSignedIn } from '../world.test-support.ts'
import {
  changed,
  documentOf,
  good,
  ids,
  message,
  otherMessage,
  rawDocument,
  requestOf,
  type Scene,
  signedElsewhere,
  signedWith,
  slo,
} from './logout-request.test-support.ts'

type Case = [name: string, makeUrl: (scene: Scene) => Promise<string> | string, code: string, says: string]

const unauthenticated: Case[] = [
  [
    'T01, C004 unsigned',
    (scene) => scene.orders.redirect(requestOf(scene), { signWith: 'nobody' }),
    'SAML_UNSIGNED',
    'the message _ID of https://orders.test is not signed (tolerate: [unsigned] would let it pass)',
  ],
  [
    'T02 an empty Signature',
    async (scene) => (await good(scene)).replace(/Signature=.*/, 'Signature='),
    'SAML_UNSIGNED',
    'the query string is signed only in part: Signature is missing or empty',
  ],
  [
    'T03 no SigAlg',
    async (scene) => (await good(scene)).replace(/&SigAlg=[^&]*/, ''),
    'SAML_UNSIGNED',
    'the query string is signed only in part: SigAlg is missing or empty',
  ],
  [
    'T04 signed with the key of a stranger',
    (scene) => scene.orders.redirect(requestOf(scene), { signWith: scene.stranger.credential }),
    'SAML_SIGNATURE',
    'the signature does not verify with any of 1 trusted keys',
  ],
  [
    'T05 the NameID changed under the signature',
    changed((xml) => xml.replace(/>_[0-9a-f]{40}</, '>_victim<')),
    'SAML_SIGNATURE',
    'the signature does not verify with any of 1 trusted keys',
  ],
  [
    'T06 the name of the message spelled with escapes',
    async (scene) => (await good(scene)).replace('SAMLRequest=', 'SAMLRequ%65st=x&SAMLRequest='),
    'SAML_QUERY_AMBIGUOUS',
    'the parameter SAMLRequest is spelled with escapes',
  ],
  [
    'T08 two messages',
    async (scene) => `${await good(scene)}&SAMLRequest=x`,
    'SAML_QUERY_AMBIGUOUS',
    'the parameter SAMLRequest occurs more than once',
  ],
  [
    'T11 a request and a response',
    async (scene) => `${await good(scene)}&SAMLResponse=x`,
    'SAML_QUERY_AMBIGUOUS',
    'the query string has both a SAMLRequest and a SAMLResponse',
  ],
  [
    'T19, C014, C061 for another service',
    (scene) => signedElsewhere(scene, 'https://other.test/slo'),
    'SAML_DESTINATION',
    `LogoutRequest _ID is for https://other.test/slo, this is ${slo}`,
  ],
  [
    'T19 for this service with another spelling',
    (scene) => signedElsewhere(scene, 'http://IDP.localhost:7070/slo'),
    'SAML_DESTINATION',
    `LogoutRequest _ID is for http://IDP.localhost:7070/slo, this is ${slo}`,
  ],
  [
    'T20, C014, C061 for nobody',
    (scene) => scene.orders.redirect(requestOf(scene, { destination: undefined })),
    'SAML_DESTINATION',
    `LogoutRequest _ID is for nobody, this is ${slo} (tolerate: [noDestination] would let it pass)`,
  ],
  [
    'T21 in the name of another service provider',
    (scene) => scene.orders.redirect(requestOf(scene, { issuer: scene.reports.entityId })),
    'SAML_SIGNATURE',
    'the signature does not verify with any of 1 trusted keys',
  ],
  [
    'T21 from nobody we know',
    (scene) => scene.stranger.redirect(scene.stranger.logoutRequest({ nameId: scene.login.nameId })),
    'SAML_ISSUER',
    'the LogoutRequest comes from https://stranger.test, which is no known service provider',
  ],
  [
    'T21 from nobody',
    (scene) => scene.orders.redirect(requestOf(scene, { issuer: undefined })),
    'SAML_ISSUER_MISSING',
    'the LogoutRequest names no Issuer',
  ],
  [
    'C003 from an Issuer that is no entity identifier',
    changed((xml) => xml.replace('<saml2:Issuer ', '<saml2:Issuer Format="urn:test:other" ')),
    'SAML_ISSUER',
    'the Issuer has the Format urn:test:other',
  ],
  [
    'C003 from an Issuer with a NameQualifier',
    changed((xml) => xml.replace('<saml2:Issuer ', '<saml2:Issuer NameQualifier="q" ')),
    'SAML_ISSUER',
    'the Issuer has a NameQualifier, which an entity identifier never has',
  ],
  [
    'T32 the RelayState removed',
    async (scene) => (await good(scene, 'r')).replace('&RelayState=r', ''),
    'SAML_SIGNATURE',
    'the signature does not verify with any of 1 trusted keys',
  ],
  [
    'T33 the RelayState changed',
    async (scene) => (await good(scene, 'r')).replace('&RelayState=r', '&RelayState=s'),
    'SAML_SIGNATURE',
    'the signature does not verify with any of 1 trusted keys',
  ],
  [
    'T34 a RelayState added',
    async (scene) => `${await good(scene)}&RelayState=r`,
    'SAML_SIGNATURE',
    'the signature does not verify with any of 1 trusted keys',
  ],
  [
    'T34 a RelayState added in disguise',
    async (scene) => `${await good(scene)}&RelaySt%61te=r`,
    'SAML_QUERY_AMBIGUOUS',
    'the parameter RelayState is spelled with escapes',
  ],
  [
    'T35, C059 the escapes written in lower case after signing',
    async (scene) => (await good(scene)).replaceAll(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase()),
    'SAML_SIGNATURE',
    'the signature does not verify with any of 1 trusted keys',
  ],
  [
    'T41 another algorithm than the one used',
    async (scene) => (await good(scene)).replace('rsa-sha256', 'rsa-sha512'),
    'SAML_SIGNATURE',
    'the signature does not verify with any of 1 trusted keys',
  ],
  [
    'T42, C060 signed with SHA-1',
    (scene) => signedWith(scene, 'http://www.w3.org/2000/09/xmldsig#rsa-sha1', 'sha1')(scene),
    'SAML_ALGORITHM',
    'the signature algorithm [http://www.w3.org/2000/09/xmldsig#rsa-sha1] is too weak to be believed (tolerate: [weakAlgorithms] would let it pass)',
  ],
  [
    'T43, C060, C119 signed with MD5',
    (scene) => signedWith(scene, 'http://www.w3.org/2001/04/xmldsig-more#rsa-md5', 'md5')(scene),
    'SAML_ALGORITHM',
    'the signature algorithm [http://www.w3.org/2001/04/xmldsig-more#rsa-md5] is not supported',
  ],
  [
    'T47 not deflated',
    (scene) => `${slo}?SAMLRequest=${message(documentOf(scene))}`,
    'SAML_DEFLATE',
    'the message is not raw DEFLATE',
  ],
  [
    'T48 with bytes behind the stream',
    (scene) => `${slo}?SAMLRequest=${message(Buffer.concat([deflateRawSync(documentOf(scene)), Buffer.from('tail')]))}`,
    'SAML_DEFLATE',
    '4 bytes stand behind the end of the DEFLATE stream',
  ],
  ['T49 not base64', () => `${slo}?SAMLRequest=a_b-`, 'SAML_BASE64', 'Illegal base64 character 5f'],
  [
    'T51 with a DOCTYPE',
    (scene) => rawDocument(documentOf(scene).replace('?>', '?><!DOCTYPE x>')),
    'SAML_XML',
    'the document has a DOCTYPE, which no SAML message may have',
  ],
  [
    'T55 with a second root',
    (scene) => rawDocument(`${documentOf(scene)}<x/>`),
    'SAML_XML',
    'the document is not well-formed',
  ],
  [
    'T56 another message',
    (scene) => otherMessage(scene),
    'SAML_ROOT',
    'the message is a AuthnRequest, expected a LogoutRequest',
  ],
  [
    'T70 our own message sent back to us',
    async ({ browser }) => {
      const asked = await browser.press(await browser.open('/'), 'Log out everywhere')
      await browser.press(await browser.open('/'), 'Go on with the logout')
      await browser.press(await browser.open('/'), 'alice')
      return `${slo}?${asked.location.split('?')[1]}`
    },
    'SAML_ISSUER',
    `the LogoutRequest comes from ${idpOrigin}/metadata, which is no known service provider`,
  ],
  [
    'D13 no message',
    () => slo,
    'SAML_MESSAGE_MISSING',
    'the query string has neither a SAMLRequest nor a SAMLResponse',
  ],
  [
    'an endless query',
    () => `${slo}?SAMLRequest=${'A'.repeat(70_000)}`,
    'SAML_TOO_LARGE',
    'the query string has more than 65536 octets',
  ],
  [
    'T46 a message that inflates without end',
    () => rawDocument(' '.repeat(5_000_000)),
    'SAML_TOO_LARGE',
    'the message inflates to more than 262144 bytes',
  ],
]

test.each(unauthenticated)(
  '%s: where nothing is tolerated a page says why, nobody hears of it, the session lives',
  async (_case, makeUrl, code, says) => {
    const world = await makeWorld({ tolerate: [] })
    const scene = { ...world, login: await logIn(world.browser, world.orders) }
    const url = await makeUrl(scene)
    world.log.length = 0
    const page = await world.browser.open(url)
    expect([page.status, page.location, page.title]).toEqual([400, '', 'Refused'])
    expect(ids(page.text)).toContain(says)
    expect(page.text).toContain(code)
    expect(world.log.map(({ level, facts }) => [level, facts['code']])).toEqual([['warn', code]])
    expect(await whoIsSignedIn(world.browser)).toBe('alice')
    const [seen, ...more] = refusedIn(world)
    expect([seen?.refusal?.code, ids(seen?.refusal?.message ?? ''), more]).toEqual([
      code,
      expect.stringContaining(says),
      [],
    ])
    expect(world.log[0]?.facts['seq']).toBe(seen?.seq)
  },
)
