import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { httpCall } from '#server/http-call'
import { silentLog } from '#server/logging'
import { openRedis } from '../../core/server/store/redis/open-redis.ts'
import {
  freePort,
  type RedisServer,
  startRedisServer,
} from '../../core/server/store/redis/redis-server.test-support.ts'
import { startRoles } from '../roles/roles.ts'

let server: RedisServer
beforeAll(async () => {
  server = await startRedisServer()
})
afterAll(() => server.stop())

/** Two replicas on one machine: the second finds the port of the IdP taken and says which it has. */
async function twoReplicas(database: number, url = server.url) {
  const { one, start, ...more } = await oneReplica(database, url)
  return { one, other: await start(), ...more }
}

/** The first, and what starts another. */
async function oneReplica(database: number, url = server.url) {
  const idpPort = await freePort()
  const ports: number[] = []
  const info = (facts: object) => {
    const { party, port } = facts as { readonly party?: string; readonly port?: number }
    if (party === 'idp' && port !== undefined) ports.push(port)
  }
  const start = async () => {
    const elsewhere = { esPort: 0, appPort: 0, partnerPort: 0 }
    const options = { store: `${url}/${database}`, idpPort, ...elsewhere, log: { ...silentLog, info } }
    const roles = await startRoles(options)
    onTestFinished(roles.close)
    return roles
  }
  const one = await start()
  const atOther = (url: string) => url.replace(`:${idpPort}`, `:${ports[0]}`)
  return { one, start, atOther, idpPort }
}

const get = async (url: string) => {
  const { status, octets } = await httpCall({ method: 'GET', url })
  return { status, text: octets.toString() }
}

test('a lab that one replica made answers at every other, with the same keys and the same state', async () => {
  const { one, atOther } = await twoReplicas(0)
  const lab = await one.control.labs.create({ users: [{ name: 'dora' }] })
  await lab.idp.users.put('emil', {})
  const [here, there] = await Promise.all(
    [lab.idpUrl, atOther(lab.idpUrl)].map(async (url) => [
      (await get(`${url}/metadata`)).text,
      (await get(`${url}/_sloop/idp/users`)).text,
    ]),
  )
  expect(there).toEqual(here)
  expect(here?.[0]).toContain('X509Certificate')
  expect(here?.[1]).toContain('"emil"')
})

test('a lab that one replica made is listed by all, and gone everywhere when another removes it', async () => {
  const { one, other, atOther } = await twoReplicas(1)
  const lab = await one.control.labs.create()
  expect((await other.control.labs.list()).labs).toMatchObject([{ id: lab.id, idp: lab.idpUrl, app: lab.appUrl }])
  await other.control.labs.remove(lab.id)
  expect(await one.control.labs.list()).toEqual({ labs: [] })
  const says = `there is no lab [${lab.id}], there are none`
  for (const url of [lab.idpUrl, atOther(lab.idpUrl)]) {
    const { status, text } = await get(`${url}/metadata`)
    expect([status, JSON.parse(text)]).toMatchObject([404, { error: { type: 'noSuchLab', message: says } }])
  }
})

test('replicas have one identity: the addresses and the keys of the first', async () => {
  const { one, other, atOther, idpPort } = await twoReplicas(2)
  expect([other.idpUrl, other.esUrl, other.appUrl]).toEqual([one.idpUrl, one.esUrl, one.appUrl])
  const { text } = await get(atOther(`http://idp.localhost:${idpPort}/metadata`))
  expect(text).toBe((await get(`http://idp.localhost:${idpPort}/metadata`)).text)
})

test('a replica that starts after the store lost all has the identity of those that run', async () => {
  const { one, start, atOther, idpPort } = await oneReplica(4)
  const { text: before } = await get(`${one.idpUrl}/metadata`)
  const engine = await openRedis({ url: `${server.url}/4`, log: silentLog })
  await engine.send('', ['FLUSHDB'])
  await engine.close()
  expect((await get(`${one.idpUrl}/metadata`)).text).toBe(before)
  const other = await start()
  expect([other.idpUrl, other.esUrl, other.appUrl]).toEqual([one.idpUrl, one.esUrl, one.appUrl])
  expect((await get(atOther(`http://idp.localhost:${idpPort}/metadata`))).text).toBe(before)
})

test('a replica of another world does not start, and says in what it differs', async () => {
  const { one } = await twoReplicas(3)
  const elsewhere = { idpPort: 0, esPort: 0, appPort: 0, partnerPort: 0 }
  const world = { users: [{ name: 'mallory' }] }
  const refused = startRoles({ store: `${server.url}/3`, ...elsewhere, world })
  const says = `runs already with another world, at the store ${server.url}/3: users is [{"name":"mallory","groups":[]}] here and absent there`
  await expect(refused).rejects.toThrow(says)
  const password = startRoles({ store: `${server.url}/3`, ...elsewhere, elasticPassword: 'secret-of-mine' })
  await expect(password).rejects.toThrow('its keys or passwords are others here than there')
  await expect(password).rejects.not.toThrow('secret-of-mine')
  expect((await get(`${one.idpUrl}/metadata`)).status).toBe(200)
})

test('while the store is gone a request to a lab is a 503 with a sentence, and the lab goes on when it is back', async () => {
  const engine = await startRedisServer({ words: ['--appendonly', 'yes'] })
  onTestFinished(() => engine.stop('SIGKILL'))
  const { one } = await twoReplicas(0, engine.url)
  const lab = await one.control.labs.create()
  engine.process.kill('SIGSTOP')
  const { status, text } = await get(`${lab.idpUrl}/metadata`)
  engine.process.kill('SIGCONT')
  const message = `the store at ${engine.url}/0 did not answer within 2 s`
  expect([status, JSON.parse(text)]).toEqual([503, { error: { type: 'storeUnavailable', message } }])
  await expect.poll(async () => (await get(`${lab.idpUrl}/metadata`)).status).toBe(200)
})
