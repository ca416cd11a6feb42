import { expect, test } from 'vitest'
import { settableClock } from '#server/clock'
import { createMemoryStore, type Store } from '#server/store/store'
import { testStores } from '#server/store/stores.test-support'
import { createSharedTokenStore } from '../tokens/shared-token-store.ts'
import { createTokenService } from '../tokens/token-service.ts'
import { bearer, type TestNode, testNode } from './test-node.test-support.ts'

const { twoReplicas } = testStores()

/** Two replicas of a node, called as over their sockets: what others changed comes before a call, and what it changed is shared before its answer. */
function twoNodes(): readonly [TestNode, TestNode] {
  const clock = settableClock('2031-05-04T12:00:00Z')
  const [one, other] = twoReplicas().map((replica) => {
    const store = replica.of('es')
    const tokens = createTokenService({ store: createSharedTokenStore(store, clock), clock })
    const node = testNode({ store, tokens, clock })
    const call: TestNode['call'] = async (...given) => {
      await replica.replicas.refresh()
      const answer = await node.call(...given)
      await replica.replicas.settle()
      return answer
    }
    const reset = async () => {
      await node.es.reset()
      await replica.replicas.settle()
    }
    return { ...node, call, es: { ...node.es, reset } }
  })
  return [one as TestNode, other as TestNode]
}

const lists = ['user/mine', 'role/mine', 'role_mapping/mine', 'api_key?owner=true'] as const

async function state({ call }: TestNode): Promise<unknown> {
  const answers = []
  for (const list of lists) answers.push((await call(`GET /_security/${list}`)).json)
  return answers
}

test('users, roles, role mappings and API keys that one replica made another one has, until either is reset', async () => {
  const [one, other] = twoNodes()
  const before = await state(other)
  const mapping = { roles: ['mine'], enabled: true, rules: { field: { username: 'a*' } } }
  await one.call('PUT /_security/user/mine', { password: 'x-pack-test', roles: ['mine'] })
  await one.call('PUT /_security/role/mine', { cluster: ['all'] })
  await one.call('PUT /_security/role_mapping/mine', mapping)
  const { json } = await one.call('POST /_security/api_key', { name: 'mine' })
  const made = await state(one)
  expect(made).toMatchObject([{ mine: { roles: ['mine'] } }, { mine: { cluster: ['all'] } }, { mine: mapping }, {}])
  expect(await state(other)).toEqual(made)
  const withKey = { authorization: `ApiKey ${json['encoded']}` }
  expect((await other.call('GET /_security/_authenticate', undefined, withKey)).status).toBe(200)
  await other.es.reset()
  expect(await state(one)).toEqual(before)
  expect((await one.call('GET /_security/_authenticate', undefined, withKey)).status).toBe(401)
})

test('a token of one replica opens the other, and after a reset at the other neither', async () => {
  const [one, other] = twoNodes()
  const { accessToken } = await one.login()
  const statusAt = async ({ call }: TestNode) =>
    (await call('GET /_security/_authenticate', undefined, bearer(accessToken))).status
  expect(await statusAt(other)).toBe(200)
  await other.es.reset()
  expect([await statusAt(one), await other.es.tokens.list()]).toEqual([401, []])
})

test('an API key that two replicas invalidate at once is reported as invalidated by one, as ended before by the other', async () => {
  const [one, other] = twoNodes()
  const { json } = await one.call('POST /_security/api_key', { name: 'mine' })
  const ends = { ids: [json['id']] }
  const answers = await Promise.all([one, other].map(({ call }) => call('DELETE /_security/api_key', ends)))
  const sorted = answers.map(({ json: { invalidated_api_keys: now, previously_invalidated_api_keys: before } }) => [
    now,
    before,
  ])
  expect(sorted).toContainEqual([ends.ids, []])
  expect(sorted).toContainEqual([[], ends.ids])
})

test('a key that a reset removed while it was being invalidated stays away', async () => {
  const memory = createMemoryStore()
  let inBetween = async () => undefined as unknown
  const store: Store = {
    ...memory,
    records: (options) => {
      const records = memory.records(options)
      if (options.name !== 'api-key-invalidations') return records
      return { ...records, add: (...claim) => inBetween().then(() => records.add(...claim)) }
    },
  }
  const { es, call } = testNode({ store })
  await call('POST /_security/api_key', { name: 'mine' })
  inBetween = () => es.reset()
  await call('DELETE /_security/api_key', { owner: true })
  expect((await call('GET /_security/api_key?owner=true')).json).toEqual({ api_keys: [] })
})
