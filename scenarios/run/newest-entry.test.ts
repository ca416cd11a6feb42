import { expect, test } from 'vitest'
import { fakeBrowsers, fakeLab } from './fake-stage.test-support.ts'
import { entriesLike, newestLike, withEntityIds } from './newest-entry.ts'
import { createStage } from './stage.ts'

const entries = [
  { seq: 1, what: 'LogoutRequest', to: 'urn:app' },
  { seq: 2, what: 'LogoutRequest', to: 'urn:app' },
  { seq: 3, what: 'LogoutRequest', to: 'urn:wiki' },
]
const { lab } = fakeLab({ journal: { read: async () => ({ entries, next: 3 }) } })
const stage = createStage(lab, { openBrowser: fakeBrowsers().open })

test('a match names service providers as the world does, and a realm by its own name', async () => {
  expect(await withEntityIds({ from: 'app', to: 'wiki', user: 'app' }, stage)).toEqual({
    ...{ from: 'urn:app', to: 'urn:wiki', user: 'app' },
  })
  expect(await withEntityIds({ to: 'saml1' }, stage)).toEqual({ to: 'urn:app' })
})

test('idp and es stay what they are, and so does what is no name', async () => {
  const match = { from: 'idp', to: 'es' }
  expect(await withEntityIds(match, stage)).toEqual(match)
  expect(await withEntityIds({ to: 'urn:other' }, stage)).toEqual({ to: 'urn:other' })
})

test('of the entries that are alike the newest is the last', async () => {
  const match = { what: 'LogoutRequest', to: 'app' }
  expect((await entriesLike(match, stage)).map(({ seq }) => seq)).toEqual([1, 2])
  expect((await newestLike(match, stage)).seq).toBe(2)
  const nothing = newestLike({ what: 'LogoutResponse' }, stage)
  await expect(nothing).rejects.toThrow(new Error('nothing in the journal is like {"what":"LogoutResponse"}'))
})
