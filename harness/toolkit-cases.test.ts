import { readFileSync } from 'node:fs'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { caseFile } from './case-file.test-support.ts'
import { startNode } from './cases.test-support.ts'

/** Inputs after the test data of other SAML toolkits, with what a node answers (`cases/toolkits`). */

const startCase = (folder: string) => startNode(caseFile(`toolkits/${folder}/elasticsearch.yml`))
const bodyOf = (name: string) => readFileSync(caseFile(`toolkits/${name}.json`), 'utf8')
const invalidate = async (folder: string, file = 'invalidate.json') =>
  (await startCase(folder)).invalidate(`toolkits/${folder}/${file}`)
test('toolkits 01: a type whose prefix nobody declared cannot be parsed', async () => {
  const node = await startCase('01-type-of-an-attribute-value')
  const answer = await node.post('_security/saml/authenticate', bodyOf('01-type-of-an-attribute-value/authenticate'))
  expect([answer.status, answer.reason]).toEqual([401, expect.stringMatching(/^unable to authenticate user /)])
})

test('toolkits 01: a type whose prefix is declared is one', async () => {
  const node = await startCase('01-type-of-an-attribute-value')
  const body = bodyOf('01-type-of-an-attribute-value/authenticate-declared')
  expect(await node.post('_security/saml/authenticate', body)).toMatchObject({
    status: 200,
    body: { username: 'alice' },
  })
})

test('toolkits 02: SignedInfo may be canonicalised inclusively', async () => {
  const answer = await invalidate('02-inclusive-canonicalisation')
  expect(answer).toMatchObject({ status: 200, body: { invalidated: 0 } })
})

test('toolkits 02: what such a SignedInfo refers to may not be changed', async () => {
  const node = await startCase('02-inclusive-canonicalisation')
  const sent = JSON.parse(bodyOf('02-inclusive-canonicalisation/invalidate'))
  const [, encoded = ''] = /SAMLRequest=([^&]*)/.exec(sent.query_string) ?? []
  const document = inflateRawSync(Buffer.from(decodeURIComponent(encoded), 'base64')).toString()
  const changed = deflateRawSync(document.replace('>nobody<', '>somebody<')).toString('base64')
  const answer = await node.post('_security/saml/invalidate', {
    ...sent,
    query_string: `SAMLRequest=${encodeURIComponent(changed)}`,
  })
  expect(answer.status).toBe(500)
  expect(answer.reason).toMatch(/^SAML Signature \[.*\] could not be validated against \[/)
})

test('toolkits 03: a signed Assertion in the Advice of another is nobody who logs in', async () => {
  const node = await startCase('03-signed-assertion-in-advice')
  const answer = await node.post('_security/saml/authenticate', bodyOf('03-signed-assertion-in-advice/authenticate'))
  expect(answer).toMatchObject({ status: 200, body: { username: 'alice' } })
})

test('toolkits 04: a content key beside the encrypted data, to which nothing leads, is not found', async () => {
  const answer = await invalidate('04-key-beside-encrypted-data')
  expect(answer.status).toBe(500)
  expect(answer.reason).toMatch(/^Failed to decrypt SAML EncryptedID /)
})

test('toolkits 04: a content key inside of the KeyInfo is found', async () => {
  const answer = await invalidate('04-key-beside-encrypted-data', 'invalidate-key-inside.json')
  expect(answer).toMatchObject({ status: 200, body: { invalidated: 0 } })
})

test('toolkits 06: an address that is no URI cannot be parsed', async () => {
  const answer = await invalidate('06-address-that-is-no-uri')
  expect([answer.status, answer.reason]).toEqual([500, 'Failed to parse SAML message'])
})

test('toolkits 07: a NameID may say that it is a NameIDType', async () => {
  const answer = await invalidate('07-type-of-a-name-id')
  expect(answer).toMatchObject({ status: 200, body: { invalidated: 0 } })
})
