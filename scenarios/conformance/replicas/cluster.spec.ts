import { expect, onTestFinished, test } from 'vitest'
import { startRedisCluster } from '#server/store/redis/redis-cluster.test-support'
import { keysOf } from '#server/store/redis/redis-store'
import { startReplicas } from '../../../harness/replicas/replicas.test-support.ts'
import { exchange } from '../../drivers/http-exchange.ts'
import { createStormPerson } from './storm-person.test-support.ts'
import { whileInUse } from './while-in-use.test-support.ts'

async function twoReplicas() {
  const cluster = await startRedisCluster({ hasReplicas: true, nodeTimeoutMs: 1_000 })
  onTestFinished(cluster.stop)
  const answers: { status: number; asked: string }[] = []
  const replicas = await startReplicas(2, {
    store: cluster.url,
    onAnswer: (status, asked) => void answers.push({ status, asked }),
  })
  return { ...cluster, replicas, answers }
}

test('over a cluster two replicas are one party, and labs in all of its nodes are known to both', async () => {
  const { nodes, replicas, answers } = await twoReplicas()
  const { urls } = replicas
  const { surprises } = await whileInUse(urls, { people: ['alice', 'bob'], work: async () => undefined })
  expect(surprises).toEqual([])
  const thirds = new Set<number>()
  while (thirds.size < 3) {
    const made = await exchange({
      method: 'POST',
      url: `${urls.idp}/_sloop/labs`,
      body: '{"users":[{"name":"dana"}]}',
      headers: { 'content-type': 'application/json' },
    })
    expect(made.status).toBe(201)
    const { id, idp, app } = JSON.parse(made.text) as { id: string; idp: string; app: string }
    thirds.add(Math.floor((3 * Number(await nodes[0]?.ask('CLUSTER', 'KEYSLOT', keysOf(id)))) / 16_384))
    const person = await createStormPerson({ ...urls, idp, app }, 'dana')
    await person.logIn()
    expect([await person.logOut('app'), person.detours]).toEqual([true, []])
  }
  expect(answers.filter(({ status }) => status === 0 || status >= 500)).toEqual([])
}, 300_000)

test('a master that is killed is a 503 at most, and people go on where its replica takes over', async () => {
  const { nodes, replicas, answers } = await twoReplicas()
  const slot = Number(await nodes[0]?.ask('CLUSTER', 'KEYSLOT', keysOf('main')))
  const master = nodes[Math.floor((3 * slot) / 16_384)]
  const person = await createStormPerson(replicas.urls, 'alice')
  await person.logIn()
  await master?.stop('SIGKILL')
  const page = async () => {
    const { status, text } = await exchange({ method: 'GET', url: `${replicas.urls.idp}/` })
    return status === 503 && text.includes('the store at ') ? 'unavailable' : status
  }
  await expect.poll(page, { timeout: 10_000 }).toBe('unavailable')
  await expect.poll(page, { timeout: 60_000, interval: 200 }).toBe(200)
  for (const replica of replicas.each) {
    const isBack = async () => (await person.isSignedInAt(replica)).idp
    await expect.poll(isBack, { timeout: 30_000, interval: 200 }).toBe(true)
  }
  expect(await person.logOut('idp')).toBe(true)
  expect(answers.filter(({ status }) => status === 0 || (status >= 500 && status !== 503))).toEqual([])
  expect(replicas.each.flatMap((replica) => replica.mistakes())).toEqual([])
}, 300_000)
