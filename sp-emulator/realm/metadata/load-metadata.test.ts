import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import type { RequestListener } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeIdpMetadata } from '#saml/metadata/idp-metadata'
import { silentLog } from '#server/logging'
import type { SettingValue } from '../settings/flat-settings.ts'
import { readMetadataSettings } from '../settings/metadata-settings.ts'
import { SettingReader } from '../settings/setting-reader.ts'
import { section, settingsOf } from '../settings/settings.test-support.ts'
import { baseIdpMetadata, idpEntityId } from '../test-realm.test-support.ts'
import { loadMetadata } from './load-metadata.ts'

const document = writeIdpMetadata(baseIdpMetadata)
const openssl = (line: string) => promisify(execFile)('openssl', line.split(' '), { cwd: folder })
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sloop-tls-'))
  await openssl(
    'req -x509 -newkey rsa:2048 -nodes -subj /CN=tls.test -addext subjectAltName=IP:127.0.0.1 -keyout tls.key -out tls.crt',
  )
})

afterAll(() => rm(folder, { recursive: true }))

async function serving(answer: RequestListener) {
  const [key, cert] = await Promise.all(['tls.key', 'tls.crt'].map((name) => readFile(join(folder, name))))
  const server = createServer({ key, cert }, answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return { port, url: `https://127.0.0.1:${port}/metadata`, [Symbol.asyncDispose]: close }
}

const trusting = { 'ssl.certificate_authorities': 'tls.crt' }

/** Loads, or says why not: a node with `fail_on_error` does not start without its metadata. */
function load(url: string, given: Record<string, SettingValue> = {}) {
  const settings = settingsOf({ 'idp.metadata.path': url, 'idp.metadata.http.fail_on_error': 'true', ...given })
  const read = readMetadataSettings(new SettingReader(settings))
  return loadMetadata(read, {
    settings,
    folder,
    entityId: given['idp.entity_id']?.toString() ?? idpEntityId,
    log: silentLog,
  })
}

test('metadata comes by https from whom the realm trusts', async () => {
  await using server = await serving((_request, response) => response.end(document))
  const source = await load(server.url, trusting)
  await source.loaded
  source.stop()
  expect(source.current().entityId).toBe(idpEntityId)
})

test('metadata does not come from whom nobody trusts', async () => {
  await using server = await serving((_request, response) => response.end(document))
  await expect(load(server.url)).rejects.toThrow(
    `cannot load SAML metadata from [${server.url}]: GET ${server.url}: self-signed certificate`,
  )
})

test('the name in the certificate counts', async () => {
  await using server = await serving((_request, response) => response.end(document))
  await expect(load(`https://idp.localhost:${server.port}/`, trusting)).rejects.toThrow(
    /^cannot load SAML metadata from .*: Hostname\/IP does not match certificate's altnames/,
  )
})

test.each([
  ['certificate', trusting],
  ['none', {}],
])('unless only the %s is verified', async (mode, given) => {
  await using server = await serving((_request, response) => response.end(document))
  const source = await load(`https://idp.localhost:${server.port}/`, { ...given, 'ssl.verification_mode': mode })
  await source.loaded
  source.stop()
  expect(source.current().entityId).toBe(idpEntityId)
})

// cases/sabotage XR3: a mode that verifies less is tried where it must still refuse.
test('to verify the certificate is to verify who issued it', async () => {
  await using server = await serving((_request, response) => response.end(document))
  await expect(load(server.url, { 'ssl.verification_mode': 'certificate' })).rejects.toThrow(
    `cannot load SAML metadata from [${server.url}]: GET ${server.url}: self-signed certificate`,
  )
})

test('without fail_on_error a realm waits for its metadata', async () => {
  await using server = await serving((_request, response) => response.writeHead(503).end())
  const source = await load(server.url, { ...trusting, 'idp.metadata.http.fail_on_error': 'false' })
  source.stop()
  expect(() => source.current()).toThrow(`the metadata of the IdP has not been loaded from [${server.url}]`)
})

test('an authority that is not there is refused', async () => {
  await expect(load('https://127.0.0.1:1/', { 'ssl.certificate_authorities': 'gone.crt' })).rejects.toThrow(
    `the setting [${section}.ssl.certificate_authorities] names [${join(folder, 'gone.crt')}], which cannot be read: there is no such file`,
  )
})

test('an address may lead on to another, as a node follows it (cases/files 07)', async () => {
  await using server = await serving(({ url }, response) => {
    if (url === '/metadata') response.writeHead(302, { location: '/api/metadata/?download' }).end()
    else response.end(url === '/api/metadata/?download' ? document : '')
  })
  const source = await load(server.url, trusting)
  await source.loaded
  source.stop()
  expect(source.current().entityId).toBe(idpEntityId)
})

test.each([
  ['without end', '/metadata', 'leads on to another address more than 5 times'],
  ['to http', 'http://127.0.0.1:1/', 'leads on to [http://127.0.0.1:1/], which is not behind https'],
  ['to a file', 'file:///etc/passwd', 'leads on to [file:///etc/passwd], which is not behind https'],
])('T82: an address may not lead on %s', async (_case, location, sentence) => {
  let asked = 0
  await using server = await serving((_request, response) => {
    asked += 1
    response.writeHead(302, { location }).end()
  })
  await expect(load(server.url, trusting)).rejects.toThrow(
    `cannot load SAML metadata from [${server.url}]: [${server.url}] ${sentence}`,
  )
  expect(asked).toBe(location === '/metadata' ? 6 : 1)
})

test.each([
  'idp-metadata-utf8-bom.xml',
  'idp-metadata-utf16le-bom.xml',
  'idp-metadata-utf16be-bom.xml',
  'idp-metadata-latin1.xml',
])('metadata behind https may be in another encoding than UTF-8 (cases/reports 02): %s', async (file) => {
  const octets = await readFile(
    new URL(`../../../../shared/cases/reports/02-metadata-encodings/${file}`, import.meta.url),
  )
  await using server = await serving((_request, response) => response.end(octets))
  const source = await load(server.url, { ...trusting, 'idp.entity_id': 'https://idp.cases.example/meta' })
  await source.loaded
  source.stop()
  expect(source.current().singleLogoutServices[0]?.location).toBe('https://idp.cases.example/slo')
})

test('T82: a document without end is not read to its end', async () => {
  await using server = await serving((_request, response) => {
    const fill = () => {
      while (response.write(Buffer.alloc(65_536, 0x20)));
      response.once('drain', fill)
    }
    fill()
  })
  await expect(load(server.url, trusting)).rejects.toThrow('the answer is longer than 1048576 octets')
})

test('T82: an answer that never comes is not waited for', async () => {
  await using server = await serving(() => undefined)
  const times = { 'idp.metadata.http.connect_timeout': '40ms', 'idp.metadata.http.read_timeout': '60ms' }
  await expect(load(server.url, { ...trusting, ...times })).rejects.toThrow('no complete answer within 100 ms')
})

test('T82: a document with a DTD is refused', async () => {
  const doctype = document.replace('<md:', '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><md:')
  await using server = await serving((_request, response) => response.end(doctype))
  await expect(load(server.url, trusting)).rejects.toThrow(
    /^cannot load SAML metadata from .*: .*(DTD|DOCTYPE|doctype)/,
  )
})

test('T82: file: is no address, and no such file is there', async () => {
  await expect(load('file:///etc/passwd')).rejects.toThrow(
    `the setting [${section}.idp.metadata.path] names [${join(folder, 'file:/etc/passwd')}], which cannot be read: there is no such file`,
  )
})

test('T82: a key of 1024 bits is taken, as at a node', async () => {
  await openssl('req -x509 -newkey rsa:1024 -nodes -subj /CN=small.test -keyout small.key -out small.crt')
  const pem = await readFile(join(folder, 'small.crt'), 'utf8')
  const certificate = pem.replace(/-----[^-]+-----|\s/g, '')
  const small = document.replace(/(?<=<ds:X509Certificate>)[^<]+/, certificate)
  await writeFile(join(folder, 'small.xml'), small)
  const source = await load('small.xml')
  expect(source.current().keyDescriptors[0]?.key.certificate.publicKey.asymmetricKeyDetails?.modulusLength).toBe(1024)
})

test('settings of fetching are told to be ignored for a file', async () => {
  await writeFile(join(folder, 'idp.xml'), document)
  const told: unknown[] = []
  const log = { ...silentLog, info: (_facts: object, message: string) => told.push(message) }
  const settings = settingsOf({ 'idp.metadata.path': 'idp.xml', 'idp.metadata.http.refresh': '1m' })
  const read = readMetadataSettings(new SettingReader(settings))
  await loadMetadata(read, { settings, folder, entityId: idpEntityId, log })
  expect(told).toEqual([
    `Ignoring setting [${section}.idp.metadata.http.refresh] because the IdP metadata is being loaded from a file`,
  ])
})
