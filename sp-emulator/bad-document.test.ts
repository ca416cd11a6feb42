import { expect, test } from 'vitest'
import { writeLogoutResponse } from '#saml/messages/logout-response'
import { success } from '#saml/messages/status'
import { aftermathOf, noEffect } from './bad-input.test-support.ts'
import type { RealNode } from './real-node.test-support.ts'
import { loginXml } from './realm/test-logins.test-support.ts'
import { carry, idpEntityId, logoutUrl, noon, signed } from './realm/test-realm.test-support.ts'

/** Documents that are no message, offered as a LogoutResponse and as a Response. */

const answer = writeLogoutResponse({
  id: '_response1',
  issueInstant: noon,
  issuer: idpEntityId,
  destination: logoutUrl,
  inResponseTo: '_logout1',
  status: success,
})
const numbered = (count: number, one: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => one(index)).join('')
const hidden = (content: string) => (xml: string) =>
  xml.replace('</saml2:Issuer>', `$&<saml2p:Extensions><x xmlns="urn:x">${content}</x></saml2p:Extensions>`)
const prolog = (doctype: string) => (xml: string) => xml.replace('?>', `?>${doctype}`)
const longNamed = hidden(`<y xmlns:z="u:${'z'.repeat(100_000)}">${'<z:z/>'.repeat(4_800)}</y>`)
const laughs = numbered(10, (i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`)

const changes = [
  ['T51: a DOCTYPE', prolog('<!DOCTYPE x>'), 'SAML_XML'],
  ['T51: an entity that nobody uses', prolog('<!DOCTYPE x [<!ENTITY y "z">]>'), 'SAML_XML'],
  ['T53: a billion laughs', prolog(`<!DOCTYPE x [<!ENTITY l0 "ha">${laughs}]>`), 'SAML_XML'],
  ['T54: 30 000 nested elements', hidden('<y>'.repeat(30_000) + '</y>'.repeat(30_000)), 'SAML_TOO_LARGE'],
  ['T54: 20 000 attributes', hidden(`<y ${numbered(20_000, (i) => ` a${i}=""`)}/>`), 'SAML_TOO_LARGE'],
  ['T54: 5 000 namespaces', hidden(`<y ${numbered(5_000, (i) => ` xmlns:a${i}="urn:${i}"`)}/>`), 'SAML_TOO_LARGE'],
  ['4 800 elements with a namespace name of 100 kB', longNamed, 'SAML_TOO_LARGE'],
  ['T55: a second root', (xml: string) => `${xml}<x/>`, 'SAML_XML'],
  ['T55: text behind the root', (xml: string) => `${xml}x`, 'SAML_XML'],
  ['T55: text before the root', prolog('x'), 'SAML_XML'],
] as const

const inBase64 = (xml: string) => Buffer.from(xml).toString('base64')
const ways = [
  [
    'a LogoutResponse by POST',
    answer,
    (xml: string) => (node: RealNode) => node.completeLogout({ content: inBase64(xml) }),
  ],
  [
    'a LogoutResponse by redirect',
    answer,
    (xml: string) => (node: RealNode) => node.completeLogout({ query_string: signed(carry(xml, 'SAMLResponse')) }),
  ],
  ['a Response', loginXml(), (xml: string) => (node: RealNode) => node.authenticate(Buffer.from(xml))],
] as const

const cases = ways.flatMap(([way, xml, send]) =>
  changes.map(([row, change, code]) => [row, way, send(change(xml)), code] as const),
)

test.each(cases)('%s in %s is refused and has no effect', async (_row, _way, send, code) => {
  const { answer, effects, logged } = await aftermathOf(send)
  expect([401, 500]).toContain(answer.status)
  expect(effects).toEqual(noEffect)
  expect(logged).toEqual([{ code, level: 'warn' }])
})
