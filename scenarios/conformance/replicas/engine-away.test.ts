import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { silentLog } from '#server/logging'
import { type RedisServer, startRedisServer } from '#server/store/redis/redis-server.test-support'
import { startRoles } from '../../../harness/roles/roles.ts'
import { type Answer, exchange } from '../../drivers/http-exchange.ts'
import { createPerson } from '../../run/person.test-support.ts'

const anyPort = { idpPort: 0, esPort: 0, appPort: 0, partnerPort: 0, partners: 1 }
const json = { 'content-type': 'application/json' }
const authorization = `Basic ${Buffer.from('elastic:changeme').toString('base64')}`

async function rolesAt(store: string) {
  const {
    esUrl = '',
    idpUrl = '',
    appUrl = '',
    partnerUrls,
    close,
  } = await startRoles({ ...anyPort, store, log: silentLog })
  onTestFinished(close)
  const prepare = { method: 'POST', body: '{"realm":"saml1"}', headers: { ...json, authorization } } as const
  const asked = {
    idp: { method: 'GET', url: `${idpUrl}/` },
    es: { ...prepare, url: `${esUrl}/_security/saml/prepare` },
    app: { method: 'GET', url: `${appUrl}/` },
    partner: { method: 'GET', url: `${partnerUrls['partner']}/` },
    control: { method: 'GET', url: `${esUrl}/_sloop/idp/sessions` },
  } as const
  /** One request to each kind of interface, all at once. */
  const askAll = async (): Promise<Record<string, Answer>> => {
    const answers = Object.entries(asked).map(async ([who, request]) => [who, await exchange(request)] as const)
    return Object.fromEntries(await Promise.all(answers))
  }
  return { appUrl, askAll }
}

/** Each answers with 503 and this sentence, in the shape of its interface. */
function expectUnavailable(answers: Record<string, Answer>, sentence: string): void {
  const told = Object.entries(answers).map(([who, { status, text }]) => [who, status, text.includes(sentence)])
  expect(told).toEqual(['idp', 'es', 'app', 'partner', 'control'].map((who) => [who, 503, true]))
  const { idp, es, app, partner, control } = answers
  for (const page of [idp, app, partner]) expect(page?.headers['content-type']).toMatch(/^text\/html/)
  const reason = { type: 'unavailable_shards_exception', reason: expect.stringContaining(sentence) }
  expect(JSON.parse(es?.text ?? '')).toEqual({ error: { root_cause: [reason], ...reason }, status: 503 })
  expect(JSON.parse(control?.text ?? '')).toMatchObject({
    error: { type: 'storeUnavailable', message: expect.stringContaining(sentence) },
  })
}

async function engineIn(folder: string, port?: number): Promise<RedisServer> {
  return startRedisServer({
    words: ['--appendonly', 'yes'],
    folder,
    ...(port !== undefined && { port }),
  })
}

test('an engine that answers nobody for a while is a 503 everywhere, and afterwards all goes on', async () => {
  const engine = await startRedisServer()
  onTestFinished(() => engine.stop('SIGKILL'))
  const { appUrl, askAll } = await rolesAt(engine.url)
  const person = createPerson()
  await person.open(`${appUrl}/`)
  await person.press('alice')
  engine.process.kill('SIGSTOP')
  expectUnavailable(await askAll(), `the store at ${engine.url} did not answer within 2 s`)
  engine.process.kill('SIGCONT')
  const seen = async () => {
    await person.open(`${appUrl}/`)
    return (await person.see()).text
  }
  // An answer that is late is on its way.
  await expect.poll(seen, { timeout: 10_000 }).toContain('You are signed in as alice')
}, 30_000)

test('an engine that is killed and started again with what it wrote down is a 503 in between, and nobody is logged out', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sloop-redis-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const engine = await engineIn(folder)
  const { appUrl, askAll } = await rolesAt(engine.url)
  const person = createPerson()
  await person.open(`${appUrl}/`)
  await person.press('alice')
  await engine.stop('SIGKILL')
  const away = await askAll()
  expectUnavailable(away, `the store at ${engine.url} cannot be reached`)
  const again = await engineIn(folder, engine.port)
  onTestFinished(() => again.stop())
  await expect
    .poll(async () => Object.values(await askAll()).map(({ status }) => status))
    .toEqual([200, 200, 302, 200, 200])
  await person.open(`${appUrl}/`)
  expect((await person.see()).text).toContain('You are signed in as alice')
}, 30_000)
