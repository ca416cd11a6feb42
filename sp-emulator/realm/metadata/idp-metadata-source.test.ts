import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { writeIdpMetadata } from '#saml/metadata/idp-metadata'
import { refusal } from '#saml/refusals.test-support'
import { settableClock } from '#server/clock'
import { silentLog } from '#server/logging'
import { pausesByHand } from '#server/pauses.test-support'
import { listen } from '#server/serve'
import { createSamlRealm } from '../create-saml-realm.ts'
import { loginXml, signedLogin, signLogin } from '../test-logins.test-support.ts'
import {
  baseIdpMetadata,
  idpEntityId,
  logoutQuery,
  noon,
  signedBy,
  strangerKey,
  testRealm,
} from '../test-realm.test-support.ts'
import { fetchedMetadata, fileMetadata, knownMetadata } from './idp-metadata-source.ts'

const document = writeIdpMetadata(baseIdpMetadata)

/** A web server that answers with these, one after the other, then for ever with the last. */
async function serving(...replies: readonly Response[]) {
  const listener = await listen({ host: '127.0.0.1', port: 0 })
  let count = 0
  listener.mount(() => (replies[Math.min(count++, replies.length - 1)] ?? Response.error()).clone())
  return { url: `${listener.origin('127.0.0.1')}/metadata`, [Symbol.asyncDispose]: () => listener.close() }
}

test('metadata at hand is there at once', async () => {
  const source = knownMetadata(document, idpEntityId)
  await source.loaded
  expect(source.current().entityId).toBe(idpEntityId)
})

test('metadata at hand must have the entity', () => {
  expect(() => knownMetadata(document, 'https://other.test/')).toThrow(
    refusal(
      'SAML_METADATA',
      'the metadata has IDPSSODescriptor for [https://idp.test/], expected the IDPSSODescriptor of [https://other.test/]',
    ),
  )
})

test('metadata is fetched again until it is there', async () => {
  await using server = await serving(new Response('', { status: 503 }), new Response(document))
  const source = fetchedMetadata(server.url, idpEntityId, silentLog)
  await source.loaded
  expect(source.current().entityId).toBe(idpEntityId)
})

test('until metadata is there it says where it should come from, and why not is logged once', async () => {
  const lines: unknown[] = []
  const log = { ...silentLog, warn: (...line: unknown[]) => lines.push(line) }
  await using server = await serving(
    ...Array.from({ length: 2 }, () => new Response('', { status: 503 })),
    new Response(document),
  )
  const source = fetchedMetadata(server.url, idpEntityId, log)
  expect(source.current).toThrow(
    refusal('SAML_METADATA', `the metadata of the IdP has not been loaded from [${server.url}]`),
  )
  await source.loaded
  expect(lines).toEqual([
    [
      { code: 'SAML_METADATA', failure: `[${server.url}] answers 503, expected a document` },
      `loading the metadata of the IdP from ${server.url} failed, trying again`,
    ],
  ])
})

test('fetching can be given up', async () => {
  await using server = await serving(new Response('', { status: 503 }))
  const source = fetchedMetadata(server.url, idpEntityId, silentLog)
  source.stop()
  await expect(source.loaded).resolves.toBeUndefined()
})

test('case 85: nobody logs in before the metadata is there; later it may vanish again', async () => {
  await using server = await serving(
    new Response('', { status: 503 }),
    new Response(document),
    new Response('', { status: 503 }),
  )
  const source = fetchedMetadata(server.url, idpEntityId, silentLog)
  const realm = createSamlRealm({ ...testRealm().context, idpMetadata: source.current })
  const xml = await signedLogin()
  await expect(realm.authenticate(xml, ['_login1'])).rejects.toThrow(expect.objectContaining({ code: 'SAML_METADATA' }))
  await source.loaded
  expect((await realm.authenticate(xml, ['_login1'])).principal.username).toBe('alice')
})

const changed = writeIdpMetadata({ ...baseIdpMetadata, ...signedBy(strangerKey) })
const schedule = { refreshMs: 3_600_000, minimumRefreshMs: 300_000 }

test('metadata is fetched again by the schedule, and a change counts for the next message', async () => {
  await using server = await serving(new Response(document), new Response(changed))
  const { pause, next } = pausesByHand()
  const source = fetchedMetadata(server.url, idpEntityId, silentLog, { schedule, pause })
  const realm = createSamlRealm({ ...testRealm().context, idpMetadata: source.current })
  const first = await next()
  expect(first.ms).toBe(3_600_000)
  first.end()
  await next()
  const rolledOver = await signLogin(loginXml(), { key: strangerKey })
  expect((await realm.authenticate(rolledOver, ['_login1'])).principal.username).toBe('alice')
  source.stop()
})

test('a key that was replaced between two messages explains the next one, and accepts nothing', async () => {
  await using server = await serving(new Response(document), new Response(changed))
  const { pause, next } = pausesByHand()
  const clock = settableClock(noon)
  const source = fetchedMetadata(server.url, idpEntityId, silentLog, { schedule, pause, clock })
  const { current, withdrawnKeys } = source
  const realm = createSamlRealm({ ...testRealm().context, idpMetadata: current, withdrawnKeys })
  const first = await next()
  clock.advance(60_000)
  first.end()
  await next()
  source.stop()
  const { checks } = await realm.explain({ carrier: 'query', queryString: logoutQuery() }, {})
  expect(checks.find(({ rule }) => rule === 'signedByTheIdp')).toMatchObject({
    holds: false,
    hint: 'it verifies with a key that the metadata named until it was read again at 2031-05-04T12:01:00.000Z: that is none of the keys that are trusted here',
  })
  expect(() => realm.acceptLogoutRequest(logoutQuery())).toThrow(expect.objectContaining({ code: 'SAML_SIGNATURE' }))
})

test('case 85: metadata that vanishes stays in use, and is asked for again sooner', async () => {
  await using server = await serving(new Response(document), new Response('', { status: 503 }), new Response(changed))
  const lines: unknown[] = []
  const log = { ...silentLog, warn: (...line: unknown[]) => lines.push(line) }
  const { pause, next } = pausesByHand()
  const source = fetchedMetadata(server.url, idpEntityId, log, { schedule, pause })
  const first = await next()
  first.end()
  const second = await next()
  expect([second.ms, source.current().entityId]).toEqual([300_000, idpEntityId])
  expect(lines).toEqual([
    [
      { code: 'SAML_METADATA', failure: `[${server.url}] answers 503, expected a document` },
      `refreshing the metadata of the IdP from ${server.url} failed, what is there stays in use`,
    ],
  ])
  second.end()
  expect((await next()).ms).toBe(3_600_000)
  source.stop()
})

async function metadataFile() {
  const folder = await mkdtemp(join(tmpdir(), 'sloop-metadata-'))
  const path = join(folder, 'idp.xml')
  await writeFile(path, document)
  return { path, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) }
}

test('a file is read again when it has changed, and its new key counts at once', async () => {
  await using file = await metadataFile()
  const source = fileMetadata(file.path, idpEntityId, { log: silentLog })
  const realm = createSamlRealm({ ...testRealm().context, idpMetadata: source.current })
  await realm.authenticate(await signedLogin(), ['_login1'])
  await writeFile(file.path, changed)
  await expect(realm.authenticate(await signedLogin(), ['_login1'])).rejects.toThrow(
    expect.objectContaining({ code: 'SAML_SIGNATURE' }),
  )
  await expect(
    realm.authenticate(await signLogin(loginXml(), { key: strangerKey }), ['_login1']),
  ).resolves.toBeDefined()
  expect(source.withdrawnKeys()).toMatchObject([{ key: { certificate: { subject: 'CN=idp.test' } } }])
})

test('a file that has not changed is not read again', async () => {
  await using file = await metadataFile()
  const source = fileMetadata(file.path, idpEntityId, { log: silentLog })
  expect(source.current()).toBe(source.current())
})

test('a file that vanishes changes nothing', async () => {
  await using file = await metadataFile()
  const source = fileMetadata(file.path, idpEntityId, { log: silentLog })
  const before = source.current()
  await rm(file.path)
  expect(source.current()).toBe(before)
})

test('a file that is no metadata any more changes nothing, and is told of once', async () => {
  await using file = await metadataFile()
  const lines: unknown[] = []
  const log = { ...silentLog, warn: (_facts: object, message: string) => lines.push(message) }
  const source = fileMetadata(file.path, idpEntityId, { log })
  const before = source.current()
  await writeFile(file.path, 'no metadata')
  expect([source.current(), source.current()]).toEqual([before, before])
  expect(lines).toEqual([`An error occurred while reloading file [${file.path}]`])
})

const until = (instant: string) => document.replace('<md:EntityDescriptor', `$& validUntil="${instant}"`)
const outOfTime = `the metadata of [${idpEntityId}] was valid until [2031-05-04T12:00:00.000Z]`

test('metadata behind an address that has expired is none, and is asked for again (cases/files 01)', async () => {
  await using server = await serving(new Response(until('2031-05-04T12:00:00Z')), new Response(document))
  const failures: unknown[] = []
  const log = { ...silentLog, warn: (facts: object) => failures.push(facts) }
  const source = fetchedMetadata(server.url, idpEntityId, log, { clock: settableClock(noon), retryMs: 1 })
  expect(() => source.current()).toThrow('has not been loaded')
  await source.loaded
  expect(failures).toEqual([{ code: 'SAML_METADATA', failure: outOfTime }])
  expect(source.current().validUntil).toBeUndefined()
})

test.each([
  ['at its end', 0, outOfTime],
  ['a millisecond before', -1, undefined],
])('a file is taken until the instant of its validUntil: %s', async (_case, offset, refused) => {
  await using file = await metadataFile()
  await writeFile(file.path, until('2031-05-04T12:00:00Z'))
  const read = () => fileMetadata(file.path, idpEntityId, { log: silentLog, clock: settableClock(noon + offset) })
  if (refused === undefined) expect(read().current().entityId).toBe(idpEntityId)
  else expect(read).toThrow(refused)
})
