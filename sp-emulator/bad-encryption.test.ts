import { expect, test } from 'vitest'
import { aftermathOf, noEffect } from './bad-input.test-support.ts'
import { type RealNode, realNode } from './real-node.test-support.ts'
import { type Choice, encryptIn, flipBit, forStranger, withKey } from './realm/judge/encrypted.test-support.ts'
import { signedLogin } from './realm/test-logins.test-support.ts'
import { carry, logoutRequest, signed } from './realm/test-realm.test-support.ts'

const cbc: Choice = { cipher: 'http://www.w3.org/2001/04/xmlenc#aes256-cbc' }
const gcm: Choice = { cipher: 'http://www.w3.org/2009/xmlenc11#aes256-gcm' }
const login = await signedLogin()

const respondWith = (xml: string) => (node: RealNode) => node.authenticate(Buffer.from(xml))
const logOutWith = (xml: string) => (node: RealNode) => node.invalidate(signed(carry(xml)))
const withTripleDes = (xml: string) =>
  xml.replace(/http[^"]*aes256-gcm/, 'http://www.w3.org/2001/04/xmlenc#tripledes-cbc')
const withRsa15 = (xml: string) => xml.replace(/http[^"]*rsa-oaep-mgf1p/, 'http://www.w3.org/2001/04/xmlenc#rsa-1_5')
const response = (choice: Choice) => encryptIn(login, 'Assertion', choice)
const request = (choice: Choice) => encryptIn(logoutRequest(), 'NameID', choice)

test.each([
  ['for another key', response(forStranger)],
  ['with RSA-1_5', withRsa15(response(gcm))],
  ['with triple DES', withTripleDes(response(gcm))],
  ['and changed in its CBC content', flipBit(response(cbc), 40)],
  ['and changed in its GCM tag', flipBit(response(gcm), -1)],
])('T74: an Assertion that is encrypted %s ends nothing, and its plaintext is in no log', async (_rule, xml) => {
  const { answer, effects, logged, logText } = await aftermathOf(respondWith(xml), { config: withKey })
  expect(answer.status).toBe(401)
  expect(effects).toEqual(noEffect)
  expect(logged).toEqual([{ code: 'SAML_ENCRYPTED', level: 'warn' }])
  expect(logText).not.toContain('alice')
})

test.each([
  ['for another key', request(forStranger)],
  ['with RSA-1_5', withRsa15(request(gcm))],
  ['with triple DES', withTripleDes(request(gcm))],
  ['and changed in its CBC content', flipBit(request(cbc), 40)],
  ['and changed in its GCM tag', flipBit(request(gcm), -1)],
])('T74: a name that is encrypted %s ends nothing, and is in no log', async (_rule, xml) => {
  const { answer, effects, logged, logText } = await aftermathOf(logOutWith(xml), { config: withKey })
  expect(answer.status).toBe(500)
  expect(answer.json['error']).toMatchObject({
    type: 'security_exception',
    reason: expect.stringMatching(/^Failed to decrypt SAML EncryptedID .{32}\.\.\.$/),
    caused_by: { type: 'decryption_exception', reason: 'Failed to decrypt EncryptedData' },
  })
  expect(effects).toEqual(noEffect)
  expect(logged).toEqual([{ code: 'SAML_ENCRYPTED', level: 'warn' }])
  expect(logText).not.toContain('alice')
})

test.each([
  ['a Response', response(cbc), respondWith],
  ['a LogoutRequest', request(cbc), logOutWith],
])('T74: 64 changed ciphertexts in %s have one answer and one line in the log', async (_message, xml, send) => {
  const node = realNode(withKey)
  const answers = new Set<string>()
  for (let index = 16; index < 80; index++) {
    const { status, json } = await send(flipBit(xml, index))(node)
    answers.add(JSON.stringify({ status, json }))
  }
  expect(answers.size).toBe(1)
  expect(new Set(node.logged.map((line) => JSON.stringify(line))).size).toBe(1)
  expect(node.logged).toHaveLength(64)
})

test('an encrypted login is found by an encrypted logout', async () => {
  const node = realNode(withKey)
  await node.authenticate(Buffer.from(response(gcm)))
  const { json } = await logOutWith(request(cbc))(node)
  expect(json['invalidated']).toBe(1)
})
