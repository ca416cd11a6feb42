import { expect, onTestFinished, test } from 'vitest'
import { silentLog } from '#server/logging'
import { createMemoryLabStore, type LabStore, type Replicas } from '#server/store/store'
import { openKeys } from '../keys/keys.ts'
import { openSockets } from '../roles/opening.ts'
import { createLabs } from './labs.ts'

const alone: Replicas = { refresh: async () => undefined, settle: async () => undefined, step: (work) => work() }

/** Labs of an IdP that has replicas. */
async function labsWith(replicas: Replicas) {
  const opening = await openSockets({ roles: ['idp'], idpPort: 0 }, { applications: [], partners: [] })
  onTestFinished(opening.close)
  const store: LabStore = { ...createMemoryLabStore(), replicas }
  const server = { options: { roles: ['idp'] }, opening, tls: undefined, log: silentLog } as const
  const labs = createLabs({ ...server, pool: openKeys({ log: silentLog }) }, store)
  onTestFinished(labs.close)
  const ask = async (id: string) => {
    const url = `${opening.urls.idp}/labs/${id}/metadata`
    return (await labs.serve(id, { role: 'idp', url: opening.urls.idp })(new Request(url), {})).status
  }
  return { labs, ask }
}

test('a request for another lab leaves one alone that is just being made', async () => {
  const { labs, ask } = await labsWith(alone)
  const making = labs.create({ applications: [] })
  expect(await ask('other')).toBe(404)
  const made = await making
  expect(await ask(made.id)).toBe(200)
  expect(labs.get(made.id)).toBe(made)
})
