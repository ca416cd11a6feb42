import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { ConfigError } from '#server/config-error'
import { caseFile } from './case-file.test-support.ts'
import { startNode } from './cases.test-support.ts'

/** Files that the public reports and files of `../shared/cases` are about, as `sloop es` reads them. */

const variables = caseFile('reports/03-variables-in-elasticsearch-yml/elasticsearch.yml')
const environment = { CASES_IDP_ENTITY_ID: 'https://idp.cases.example/meta', CASES_APP_HOST: 'shop.cases.example' }
const realms = 'xpack.security.authc.realms'

test('a realm is found by what the environment says of it (cases/reports 03)', async () => {
  const node = await startNode(variables, { environment })
  expect(await node.post('_security/saml/prepare', { acs: 'https://shop.cases.example/saml/acs' })).toMatchObject({
    status: 200,
  })
})

test('a variable that is not there stops the start (cases/reports 03)', async () => {
  await expect(startNode(variables)).rejects.toThrow(
    new ConfigError(
      `${variables}: Could not resolve placeholder 'CASES_IDP_ENTITY_ID' in the setting [${realms}.saml.shop.idp.entity_id]`,
    ),
  )
})

test('a variable with a default need not be there (cases/reports 03)', async () => {
  const node = await startNode(caseFile('reports/03-variables-in-elasticsearch-yml/elasticsearch-with-a-default.yml'))
  expect(await node.post('_security/saml/prepare', { realm: 'shop' })).toMatchObject({ status: 200 })
})

const [style6, style7] = ['elasticsearch.yml', 'elasticsearch-7x-style.yml'].map((name) =>
  caseFile(`reports/04-realm-in-the-6x-style/${name}`),
) as [string, string]

test.each([
  [style6, '6.8', '_xpack/security/saml/prepare'],
  [style7, '7.17', '_security/saml/prepare'],
  [style7, undefined, '_security/saml/prepare'],
])('a realm starts in the style of its version: %s, %s (cases/reports 04)', async (file, esVersion, path) => {
  const node = await startNode(file, esVersion === undefined ? {} : { esVersion })
  expect(await node.post(path, { realm: 'saml1' })).toMatchObject({ status: 200 })
})

test.each([
  [style7, '6.8', `missing realm type [${realms}.saml.type] for realm`],
  ...['7.17', undefined].map(
    (version) =>
      [
        style6,
        version,
        `Incorrect realm settings found. Realm settings have been changed to include the type as part of the setting key. For example '${realms}.file.my_file.order' Found invalid config: ${realms}.saml1.type, ${realms}.saml1.order Please see the breaking changes documentation.`,
      ] as const,
  ),
] as const)(
  'a realm does not start in the style of another version: %s, %s (cases/reports 04)',
  async (file, esVersion, sentence) => {
    await expect(startNode(file, esVersion === undefined ? {} : { esVersion })).rejects.toThrow(
      new ConfigError(`${file}: ${sentence}`),
    )
  },
)

test('a setting without a value stops the start, with line and column (cases/files 05)', async () => {
  const file = caseFile('files/05-setting-without-a-value/elasticsearch.yml')
  await expect(startNode(file)).rejects.toThrow(
    new ConfigError(
      `${file}: null-valued setting found for key [${realms}.saml.shop.attributes.groups] found at line number [9], column number [21]`,
    ),
  )
})

test('a realm without keys to sign with starts, and its requests are not signed (cases/reports 10)', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sloop-without-keys-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const metadata = readFileSync(caseFile('files/05-setting-without-a-value/idp-metadata.xml'), 'utf8')
  const idp = 'http://idp.localhost:7070/metadata'
  writeFileSync(join(folder, 'idp-metadata.xml'), metadata.replace('https://idp.cases.example/meta', idp))
  copyFileSync(caseFile('reports/10-realm-without-signing-keys/elasticsearch.yml'), join(folder, 'elasticsearch.yml'))
  const node = await startNode(join(folder, 'elasticsearch.yml'))
  expect(await node.post('_security/saml/prepare', { realm: 'saml1' })).toMatchObject({
    status: 200,
    body: { redirect: expect.stringMatching(/^https:\/\/idp\.cases\.example\/sso\?SAMLRequest=[^&]+$/) },
  })
})
