import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { writeIdpMetadata } from '#saml/metadata/idp-metadata'
import { type LogLine, recordInto, testNode } from './es/test-node.test-support.ts'
import { createSamlRealm } from './realm/create-saml-realm.ts'
import { fileMetadata } from './realm/metadata/idp-metadata-source.ts'
import { signedLogin } from './realm/test-logins.test-support.ts'
import { baseIdpMetadata, idpEntityId, logoutQuery, sloUrl, testRealm } from './realm/test-realm.test-support.ts'

/** Metadata that becomes bad while a node runs: what was there stays in use. */

const good = writeIdpMetadata(baseIdpMetadata)
const prolog = (doctype: string) => good.replace('?>', `?>${doctype}`)
const located = (location: string) => good.replace(sloUrl, location)
const extended = (content: string) =>
  good.replace('<md:IDPSSODescriptor', `<md:Extensions>${content}</md:Extensions>$&`)
const numbered = (count: number, one: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => one(i)).join('')
const laughs = numbered(10, (i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`)

test.each([
  ['T51: a DOCTYPE', prolog('<!DOCTYPE x>'), 'SAML_XML'],
  ['T51: an entity that nobody uses', prolog('<!DOCTYPE x [<!ENTITY y "z">]>'), 'SAML_XML'],
  ['T53: a billion laughs', prolog(`<!DOCTYPE x [<!ENTITY l0 "ha">${laughs}]>`), 'SAML_XML'],
  ['T54: 100 000 nested elements', extended('<y>'.repeat(100_000) + '</y>'.repeat(100_000)), 'SAML_TOO_LARGE'],
  ['T54: 20 000 attributes', extended(`<y ${numbered(20_000, (i) => ` a${i}=""`)}/>`), 'SAML_TOO_LARGE'],
  ['T54: 5 000 namespaces', extended(`<y ${numbered(5_000, (i) => ` xmlns:a${i}="urn:${i}"`)}/>`), 'SAML_TOO_LARGE'],
  ['T55: a second root', `${good}<x/>`, 'SAML_XML'],
  ['T55: text behind the root', `${good}x`, 'SAML_XML'],
  ['T55: text before the root', good.replace('?>', '?>x'), 'SAML_XML'],
  ['T78: a script for an address', located('javascript:alert(1)'), 'SAML_METADATA'],
  ['T78: data for an address', located('data:text/html,x'), 'SAML_METADATA'],
  ['T78: somebody else behind a name', located('http://idp.test@evil.test/'), 'SAML_METADATA'],
  ['T78: a line break in an address', located('https://idp.test/&#xD;&#xA;X: y'), 'SAML_METADATA'],
  [
    'T82: its time is over',
    good.replace('<md:EntityDescriptor', '<md:EntityDescriptor validUntil="2024-05-01T00:00:00Z"'),
    'SAML_METADATA',
  ],
  ['T82: another IdP', good.replace(`entityID="${idpEntityId}"`, 'entityID="https://evil.test/"'), 'SAML_METADATA'],
])('metadata is refused, what was there stays in use, and nobody is logged out: %s', async (_rule, document, code) => {
  await using world = await startWorld()
  const { node, file, lines } = world
  const login = await node.login(await signedLogin())
  const before = structuredClone(await node.store.findByOwner({}))
  await writeFile(file, document)
  expect((await node.login(await signedLogin())).status).toBe(200)
  expect((await node.store.findByOwner({})).slice(0, 1)).toEqual(before)
  expect(lines).toEqual([
    {
      level: 'warn',
      facts: { code, failure: expect.any(String) },
      message: `An error occurred while reloading file [${file}]`,
    },
  ])
  expect(login.status).toBe(200)
  expect((await node.logout()).json).toMatchObject({ invalidated: 2, redirect: expect.stringContaining(sloUrl) })
})

/** A node whose realm reads the metadata of its IdP from a file. */
async function startWorld() {
  const folder = await mkdtemp(join(tmpdir(), 'sloop-metadata-'))
  const file = join(folder, 'idp.xml')
  await writeFile(file, good)
  const lines: LogLine[] = []
  const source = fileMetadata(file, idpEntityId, { log: recordInto(lines) })
  const realm = createSamlRealm({ ...testRealm().context, idpMetadata: source.current })
  const { call, store } = testNode({ realms: [realm] })
  const saml = (name: string, body: object) => call(`POST /_security/saml/${name}`, { realm: 'saml1', ...body })
  const login = (xml: Buffer) => saml('authenticate', { content: xml.toString('base64'), ids: ['_login1'] })
  const logout = () => saml('invalidate', { query_string: logoutQuery() })
  return { file, lines, node: { store, login, logout }, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) }
}
