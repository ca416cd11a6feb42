import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { ConfigError } from '#server/config-error'
import { fetchDocument } from '#server/http-get'
import { listen } from '#server/serve'
import { caseFile } from './case-file.test-support.ts'
import { readSloopYml } from './read-sloop-yml.ts'

const folder = mkdtempSync(join(tmpdir(), 'sloop-yml-'))
const path = join(folder, 'sloop.yml')
afterAll(() => rmSync(folder, { recursive: true }))

function read(text: string) {
  writeFileSync(path, text)
  return readSloopYml(path)
}

const expected = 'expected a file or an address that begins with http:// or https://'

test('a sloop.yml that is not there is told by the option that names it', async () => {
  await expect(readSloopYml('/nowhere/sloop.yml')).rejects.toThrow(
    new ConfigError('sloopYml: cannot read /nowhere/sloop.yml: there is no such file, expected a YAML file'),
  )
})

test.each([
  ['serviceProviders[0].metadata', 'gone.xml', 'there is no such file', 'serviceProviders: [{ metadata: gone.xml }]'],
  ['serviceProviders[0].metadata', '.', 'it is a folder', 'serviceProviders: [{ metadata: . }]'],
  ['keys.certificate', 'gone.crt', 'there is no such file', 'keys: { certificate: gone.crt, privateKey: sloop.yml }'],
  ['keys.privateKey', 'gone.key', 'there is no such file', 'keys: { certificate: sloop.yml, privateKey: gone.key }'],
])('a file that %s names and that cannot be read is one sentence: %s', async (key, name, reason, text) => {
  await expect(read(text)).rejects.toThrow(
    new ConfigError(`${path}: ${key}: cannot read ${join(folder, name)}: ${reason}, ${expected}`),
  )
})

test.each([
  ['users: alice', 'users: expected a list, found the text "alice"'],
  ['users: [{}]', 'users[0].name: expected a text, found nothing'],
  ['lifetimes: { sessionSeconds: 0 }', 'lifetimes.sessionSeconds: expected a number above 0, found the number 0'],
  ['signedParts: all', 'signedParts: expected one of assertion, response, both, found the text "all"'],
  ['alice', 'the configuration: expected a mapping, found the text "alice"'],
  ['users: [{ nmae: dana }]', 'users[0].nmae: unknown key, did you mean name?'],
  ['usres: []', 'usres: unknown key, did you mean users?'],
])('a mistake is told by its key, what was expected and what was found: %s', async (text, sentence) => {
  await expect(read(text)).rejects.toThrow(new ConfigError(`${path}: ${sentence}`))
})

test('metadata that is not well-formed is told by the setting and the file', async () => {
  writeFileSync(join(folder, 'half.xml'), '<md:EntityDescriptor')
  await expect(read('serviceProviders: [{ metadata: half.xml }]')).rejects.toThrow(
    new ConfigError(
      `${path}: serviceProviders[0].metadata: half.xml: the document is not well-formed: document must contain a root element.`,
    ),
  )
})

test('a key that was pasted where its file belongs is not repeated', async () => {
  await expect(read('keys:\n  certificate: sloop.yml\n  privateKey: |\n    secret\n    key\n')).rejects.toThrow(
    new ConfigError(`${path}: keys.privateKey: expected the name of a file, found a text of several lines`),
  )
})

test('metadata of a service provider may be behind an address that leads on to another, in any encoding (cases/files 07)', async () => {
  const listener = await listen({ host: '127.0.0.1', port: 0 })
  onTestFinished(() => listener.close())
  const metadata = readFileSync(caseFile('files/02-name-id-format-of-the-sp/sp-metadata-email.xml'), 'utf8')
  const octets = Buffer.from(`\uFEFF${metadata.replace('UTF-8', 'UTF-16')}`, 'utf16le')
  listener.mount(({ url }) =>
    url.endsWith('/metadata')
      ? new Response(null, { status: 302, headers: { location: '/api?download' } })
      : new Response(octets),
  )
  const address = `${listener.origin('127.0.0.1')}/metadata`
  const { awaited } = await read(`serviceProviders: [{ metadata: "${address}" }]`)
  const described = await Promise.all(awaited.map(async (each) => each.read(await fetchDocument(each.url))))
  expect(described.flat().map(({ metadata: { entityId } }) => entityId)).toEqual(['https://mail.cases.example/saml'])
})
