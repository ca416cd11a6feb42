import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { ConfigError } from '#server/config-error'
import { fetchDocument } from '#server/http-get'
import { listen } from '#server/serve'
import { caseFile } from '../case-file.test-support.ts'
import { loadIdp } from './idp-options.ts'
import { readWorld } from './read-world.ts'
import { worldInFile } from './world-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'sloop-yml-'))
const path = join(folder, 'sloop.yml')
afterAll(() => rmSync(folder, { recursive: true }))

function read(text: string) {
  writeFileSync(path, text)
  return readSloopYml(path)
}

async function readSloopYml(file: string) {
  const { value, load, inPlace } = worldInFile(file)
  return inPlace(async () => loadIdp(readWorld(value), load))
}

const expected = 'expected a file, an address that begins with http:// or https://, or the text itself'

test('a sloop.yml that is not there is told by the option that names it', async () => {
  await expect(readSloopYml('/nowhere/sloop.yml')).rejects.toThrow(
    new ConfigError('sloopYml: cannot read /nowhere/sloop.yml: there is no such file, expected a YAML file'),
  )
})

test.each([
  [
    22,
    'serviceProviders[0].metadata',
    'gone.xml',
    'there is no such file',
    'serviceProviders: [{ metadata: gone.xml }]',
  ],
  [22, 'serviceProviders[0].metadata', '.', 'it is a folder', 'serviceProviders: [{ metadata: . }]'],
  [
    9,
    'keys.certificate',
    'gone.crt',
    'there is no such file',
    'keys: { certificate: gone.crt, privateKey: sloop.yml }',
  ],
  [
    33,
    'keys.privateKey',
    'gone.key',
    'there is no such file',
    'keys: { certificate: sloop.yml, privateKey: gone.key }',
  ],
])(
  'column %i: a file that %s names and that cannot be read is one sentence: %s',
  async (column, key, name, reason, text) => {
    await expect(read(text)).rejects.toThrow(
      new ConfigError(`${path}:1:${column}: ${key}: cannot read ${join(folder, name)}: ${reason}, ${expected}`),
    )
  },
)

test.each([
  [1, 'users: alice', 'users: expected a list, found the text "alice"'],
  [9, 'users: [{}]', 'users[0].name: expected a text, found nothing'],
  [14, 'lifetimes: { sessionSeconds: 0 }', 'lifetimes.sessionSeconds: expected a number above 0, found the number 0'],
  [1, 'signedParts: all', 'signedParts: expected one of assertion, response, both, found the text "all"'],
  [1, 'alice', 'the world: expected a mapping, found the text "alice"'],
  [11, 'users: [{ nmae: dana }]', 'users[0].nmae: unknown key, did you mean name?'],
  [1, 'usres: []', 'usres: unknown key, did you mean users?'],
])('a mistake is told by its key, what was expected and what was found: %i %s', async (column, text, sentence) => {
  await expect(read(text)).rejects.toThrow(new ConfigError(`${path}:1:${column}: ${sentence}`))
})

test('metadata that is not well-formed is told by the setting and the file', async () => {
  writeFileSync(join(folder, 'half.xml'), '<md:EntityDescriptor')
  await expect(read('serviceProviders: [{ metadata: half.xml }]')).rejects.toThrow(
    new ConfigError(
      `${path}:1:22: serviceProviders[0].metadata: half.xml: the document is not well-formed: document must contain a root element.`,
    ),
  )
})

test('a key that was pasted where its file belongs is not repeated', async () => {
  await expect(read('keys:\n  certificate: sloop.yml\n  privateKey: |\n    secret\n    key\n')).rejects.toThrow(
    new ConfigError(`${path}:3:3: keys.privateKey: expected the name of a file, found a text of several lines`),
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
