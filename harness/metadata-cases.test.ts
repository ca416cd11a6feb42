import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { ConfigError } from '#server/config-error'
import { httpGet } from '#server/http-get'
import { caseFile } from './case-file.test-support.ts'
import { startNode } from './cases.test-support.ts'
import { startRoles } from './roles/roles.ts'

/** Metadata that the public reports and files of `../shared/cases` are about, as `sloop es` and `sloop idp` read it. */

const accepted = { status: 200, body: { invalidated: 0, redirect: expect.stringContaining('SAMLResponse=') } }

test.each([
  ['reports/01-certificate-chain', 'elasticsearch.yml', 'invalidate-signed-by-the-idp.json'],
  ['reports/07-unreadable-certificate', 'elasticsearch-empty-encryption.yml', 'invalidate.json'],
  ['reports/07-unreadable-certificate', 'elasticsearch-empty-second-signing.yml', 'invalidate.json'],
  ['reports/07-unreadable-certificate', 'elasticsearch-placeholder-encryption.yml', 'invalidate.json'],
  ['reports/11-carriage-returns-in-signatures', 'elasticsearch.yml', 'invalidate.json'],
  ['files/04-key-of-an-unknown-algorithm', 'elasticsearch.yml', 'invalidate.json'],
])("what the IdP's key signed is accepted: %s/%s", async (folder, file, request) => {
  const node = await startNode(caseFile(`${folder}/${file}`))
  expect(await node.invalidate(`${folder}/${request}`)).toMatchObject(accepted)
})

test.each([
  ['9.2', 500],
  ['9.3', 401],
])(
  'what the authority signed that issued the certificate is refused: %s (cases/reports 01)',
  async (esVersion, status) => {
    const node = await startNode(caseFile('reports/01-certificate-chain/elasticsearch.yml'), { esVersion })
    const answer = await node.invalidate('reports/01-certificate-chain/invalidate-signed-by-the-ca.json')
    expect(answer.status).toBe(status)
    // One certificate in the list of those that were tried.
    expect(answer.reason).toMatch(/^SAML Signature \[[^\]]+\] could not be validated against \[MIICvTCC[^,\]]*\]$/)
  },
)

test('carriage returns in a signature are no way to change a message (cases/reports 11)', async () => {
  const folder = 'reports/11-carriage-returns-in-signatures'
  const node = await startNode(caseFile(`${folder}/elasticsearch.yml`))
  const answer = await node.invalidate(`${folder}/invalidate-changed-after-signing.json`)
  expect(answer).toMatchObject({ status: 500, reason: expect.stringContaining('could not be validated') })
})

test('a node starts with an IdP where nobody signs on by redirect, and says so when somebody wants to (cases/reports 12)', async () => {
  const node = await startNode(caseFile('reports/12-sign-on-by-post-only/elasticsearch.yml'))
  expect(await node.post('_security/saml/prepare', { realm: 'shop' })).toMatchObject({
    status: 500,
    reason:
      'Cannot find [{urn:oasis:names:tc:SAML:2.0:metadata}IDPSSODescriptor]/[urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect] in descriptor [https://idp.cases.example/meta]',
  })
})

test.each(['reports/07-unreadable-certificate/sloop.yml', 'files/04-key-of-an-unknown-algorithm/sloop.yml'])(
  'an IdP starts with a service provider one of whose keys it cannot use: %s',
  async (path) => {
    const { idpUrl, close } = await startRoles({ roles: ['idp'], idpPort: 0, sloopYml: caseFile(path) })
    const { body } = await httpGet(`${idpUrl}/`)
    await close()
    expect(body).toContain('Open crm')
  },
)

const encodings = 'reports/02-metadata-encodings'
const inAnyEncoding = ['utf8-bom', 'utf16le-bom', 'utf16be-bom', 'latin1']

test.each(inAnyEncoding)('a node reads metadata in %s (cases/reports 02)', async (encoding) => {
  const node = await startNode(caseFile(`${encodings}/elasticsearch-${encoding}.yml`))
  expect(await node.post('_security/saml/prepare', { realm: 'shop' })).toMatchObject({
    status: 200,
    body: { redirect: expect.stringMatching(/^https:\/\/idp\.cases\.example\/sso\?SAMLRequest=/) },
  })
})

test('a node starts where nothing validates the metadata, nor finds two equal identifiers in it (cases/toolkits 05)', async () => {
  const node = await startNode(caseFile('toolkits/05-equal-identifiers-in-metadata/elasticsearch.yml'))
  expect(await node.invalidate('toolkits/05-equal-identifiers-in-metadata/invalidate.json')).toMatchObject(accepted)
})

test('a node reads a federation of 20 MB from a file (cases/files 06)', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sloop-federation-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  execFileSync(process.execPath, [caseFile('files/06-large-federation.mjs'), folder])
  const node = await startNode(join(folder, 'elasticsearch.yml'))
  expect(await node.post('_security/saml/prepare', { realm: 'shop' })).toMatchObject({
    status: 200,
    body: { redirect: expect.stringMatching(/^https:\/\/idp7\.cases\.example\/sso\?/) },
  })
}, 60_000)

test.each(['entity', 'group'])(
  'a metadata file whose time is over stops the start: that of the %s (cases/files 01)',
  async (what) => {
    const file = caseFile(`files/01-expired-metadata-file/elasticsearch-${what}.yml`)
    await expect(startNode(file)).rejects.toThrow(
      new ConfigError(
        `${file}: the setting [xpack.security.authc.realms.saml.shop.idp.metadata.path] cannot be used: the metadata of [https://idp.cases.example/meta] was valid until [2024-05-01T00:00:00.000Z]`,
      ),
    )
  },
)
