import { expect, test } from 'vitest'
import { writeLogoutResponse } from '#saml/messages/logout-response'
import { success } from '#saml/messages/status'
import { loggable, loggableText } from '#server/log-facts'
import { aftermathOf, noEffect } from './bad-input.test-support.ts'
import { type RealNode, realNode } from './real-node.test-support.ts'
import { loginXml, signLogin, withResponse } from './realm/test-logins.test-support.ts'
import { carry, logoutQuery, logoutRequest, logoutUrl, noon, signed } from './realm/test-realm.test-support.ts'

/** T80: text in a message that would break a log, or fill it. */

const texts = {
  'line breaks': 'https://evil.test/\r\n{"level":"info","message":"all is well"}\n',
  'an escape of the terminal': 'https://evil.test/\u009B31m\u0085\u2028',
  '100 kB': `https://evil.test/${'x'.repeat(100_000)}`,
  'quotes of JSON': 'https://evil.test/","code":"OK","x":"',
}

const request = (issuer: string) => (node: RealNode) => node.invalidate(logoutQuery({ issuer }))
const answer = (issuer: string) => (node: RealNode) => {
  const header = { id: '_response1', issueInstant: noon, destination: logoutUrl, inResponseTo: '_logout1' }
  const xml = writeLogoutResponse({ ...header, issuer, status: success })
  return node.completeLogout({ query_string: signed(carry(xml, 'SAMLResponse')) })
}
const login = (issuer: string) => async (node: RealNode) =>
  node.authenticate(await signLogin(loginXml(withResponse({ issuer }))))

const kinds = [
  ['LogoutRequest', request],
  ['LogoutResponse', answer],
  ['Response', login],
] as const
const cases = kinds.flatMap(([kind, send]) =>
  Object.entries(texts).map(([name, text]) => [name, kind, text, send] as const),
)

test.each(cases)('T80: %s in the Issuer of a %s are one short line in the log', async (_name, _kind, text, send) => {
  const { effects, written } = await writtenBy(send(text))
  expect(effects).toMatchObject({ ...noEffect, givenAway: expect.any(Array) })
  expect(written).toHaveLength(1)
  for (const line of written) {
    expect(line).toContain('"code":"SAML_ISSUER"')
    expect(line).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]|x{256}/u)
    expect(line.length).toBeLessThan(700)
    expect(JSON.parse(line)).toMatchObject({ code: 'SAML_ISSUER' })
  }
})

test.each(Object.entries(texts))(
  'T80: %s in the RelayState of an unsigned request are in no log',
  async (_name, text) => {
    const query = `${carry(logoutRequest())}&RelayState=${encodeURIComponent(`${text}\u001B[31m`)}`
    const { effects, written } = await writtenBy((node) => node.invalidate(query))
    expect(effects).toEqual(noEffect)
    expect(written).toHaveLength(1)
    expect(written.join()).not.toContain('evil')
  },
)

/** What `send` brings about, and the lines as they are written in the end. */
async function writtenBy(send: (node: RealNode) => ReturnType<RealNode['invalidate']>) {
  const written: string[] = []
  const { effects } = await aftermathOf(async (node) => {
    const answered = await send(node)
    for (const { facts, message } of node.logged) {
      written.push(JSON.stringify({ ...(loggable(facts) as object), message: loggableText(message) }))
    }
    return answered
  })
  return { effects, written }
}

test('T80: an Issuer of 100 kB is answered in full, as by a node, and the node goes on', async () => {
  const node = realNode()
  const { status, text } = await request(texts['100 kB'])(node)
  expect([status, text.includes('x'.repeat(1_000))]).toEqual([500, true])
  expect((await node.invalidate(logoutQuery())).status).toBe(200)
})
