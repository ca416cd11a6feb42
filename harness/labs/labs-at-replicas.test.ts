import { expect, onTestFinished, test } from 'vitest'
import { silentLog } from '#server/logging'
import type { SharedMap } from '#server/store/shared-map'
import { createMemoryLabStore, createMemoryStore, type LabStore, type Replicas, type Store } from '#server/store/store'
import { StoreUnavailable } from '#server/store/store-unavailable'
import { openKeys } from '../keys/keys.ts'
import { openSockets } from '../roles/opening.ts'
import { createLabs } from './labs.ts'

const alone: Replicas = { refresh: async () => undefined, settle: async () => undefined, step: (work) => work() }

type Maps = readonly SharedMap<unknown>[]

/** Labs of an IdP that has replicas, which keep them alike over these maps. */
async function labsWith(replicas: (maps: Maps) => Replicas, { labIdleSeconds = 600, log = silentLog } = {}) {
  const opening = await openSockets({ roles: ['idp'], idpPort: 0 }, { applications: [], partners: [] })
  onTestFinished(opening.close)
  const maps: SharedMap<unknown>[] = []
  const memory = createMemoryStore()
  const sharedMap: Store['sharedMap'] = (options) => {
    const map = memory.sharedMap(options)
    maps.push(map as SharedMap<unknown>)
    return map
  }
  const ofLabs: Store = { ...memory, sharedMap }
  const store: LabStore = { ...createMemoryLabStore(), of: () => ofLabs, replicas: replicas(maps) }
  const server = { options: { roles: ['idp'], labIdleSeconds }, opening, tls: undefined, log } as const
  const labs = createLabs({ ...server, pool: openKeys({ log: silentLog }) }, store)
  onTestFinished(labs.close)
  const ask = async (id: string) => {
    const url = `${opening.urls.idp}/labs/${id}/metadata`
    return (await labs.serve(id, { role: 'idp', url: opening.urls.idp })(new Request(url), {})).status
  }
  return { labs, ask }
}

test('a request for another lab leaves one alone that is just being made', async () => {
  const { labs, ask } = await labsWith(() => alone)
  const making = labs.create({ applications: [] })
  expect(await ask('other')).toBe(404)
  const made = await making
  expect(await ask(made.id)).toBe(200)
  expect(labs.get(made.id)).toBe(made)
})

test.each([
  ['when it is looked for', 'refresh'],
  ['when it is written', 'step'],
] as const)(
  'a lab whose idle moment falls into an outage of the store is removed after it: %s',
  async (_when, away) => {
    const errors: object[] = []
    const log = { ...silentLog, error: (facts: object, message: string) => void errors.push({ ...facts, message }) }
    const outages = [new StoreUnavailable('the store is away')]
    const failOnce = (during: typeof away) => {
      for (const outage of during === away ? outages.splice(0) : []) throw outage
    }
    const replicas = (maps: Maps): Replicas => ({
      ...alone,
      refresh: async () => failOnce('refresh'),
      async step(work) {
        const before = maps.map((map) => [map, map.entries()] as const)
        const answer = await work()
        try {
          failOnce('step')
        } catch (outage) {
          for (const [map, entries] of before) for (const [name, thing] of entries) map.put(name, thing)
          throw outage
        }
        return answer
      },
    })
    const { labs } = await labsWith(replicas, { labIdleSeconds: 0.02, log })
    const { id } = await labs.create({ applications: [] })
    await expect.poll(() => labs.list()).toEqual([])
    expect(errors).toEqual([{ code: 'LAB_FAILED', lab: id, message: 'the store is away' }])
  },
)
