import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { caseFile, startNode } from './cases.test-support.ts'

/** Inputs after the test data of other SAML toolkits, with what a node answers (`cases/toolkits`). */

const startCase = (folder: string) => startNode(caseFile(`toolkits/${folder}/elasticsearch.yml`))
const invalidate = async (folder: string, file = 'invalidate.json') =>
  (await startCase(folder)).invalidate(`toolkits/${folder}/${file}`)
const login = async (folder: string, file = 'authenticate.json') =>
  (await startCase(folder)).post(
    '_security/saml/authenticate',
    readFileSync(caseFile(`toolkits/${folder}/${file}`), 'utf8'),
  )

test('toolkits 04: a content key beside the encrypted data, to which nothing leads, is not found', async () => {
  const answer = await invalidate('04-key-beside-encrypted-data')
  expect(answer.status).toBe(500)
  expect(answer.reason).toMatch(/^Failed to decrypt SAML EncryptedID /)
})

test('toolkits 04: a content key inside of the KeyInfo is found', async () => {
  const answer = await invalidate('04-key-beside-encrypted-data', 'invalidate-key-inside.json')
  expect(answer).toMatchObject({ status: 200, body: { invalidated: 0 } })
})
