import { expect, test } from 'vitest'
import { createMemoryStore } from '#server/store/store'
import { createCurrentBehaviour, resolveBehaviour } from '../behaviour.ts'
import { checkChange } from '../changes/check-change.ts'
import { mintedKinds } from '../mint/wanted-message.ts'
import { standingChange } from './manner-of.ts'
import { personalities, personalityNames } from './personalities.ts'
import { personalitiesDocument } from './personalities-document.ts'
import type { Personality } from './personality.ts'

test('docs/personalities.md is what the table says; vitest -u writes it anew', async () => {
  await expect(`${personalitiesDocument().trimEnd()}\n`).toMatchFileSnapshot('../../docs/personalities.md')
})

test('every quirk names where it is written', () => {
  const all: readonly Personality[] = Object.values(personalities)
  expect(all.flatMap(({ quirks }) => quirks.filter(({ sources }) => sources.length === 0))).toEqual([])
})

test('a personality decides what nobody has said', () => {
  const behaviour = resolveBehaviour({ personality: 'shibboleth' })
  expect([behaviour.personality, behaviour.logout.propagation]).toEqual(['shibboleth', 'frames'])
  expect(behaviour).toEqual({
    ...resolveBehaviour({}),
    personality: 'shibboleth',
    logout: { ...resolveBehaviour({}).logout, propagation: 'frames' },
  })
})

test('what is said wins over the personality, before and after it comes', () => {
  const behaviour = createCurrentBehaviour(createMemoryStore(), { tolerate: ['looseNameId'] })
  behaviour.change({ personality: 'entra' })
  expect(behaviour.now()).toMatchObject({
    tolerate: ['looseNameId'],
    singleLogout: [{ binding: 'redirect' }],
    logout: { initiator: 'askedToo' },
  })
  behaviour.change({ logout: { initiator: 'leftOut' } })
  expect(behaviour.now().logout.initiator).toBe('leftOut')
})

test('one personality follows another without a trace, and a reset brings back that of the start', () => {
  const behaviour = createCurrentBehaviour(createMemoryStore(), { personality: 'google' })
  const atStart = behaviour.now()
  expect(behaviour.change({ personality: 'adfs' })).toEqual(resolveBehaviour({ personality: 'adfs' }))
  expect(behaviour.change({ personality: 'none' })).toEqual(resolveBehaviour({}))
  behaviour.reset()
  expect(behaviour.now()).toEqual(atStart)
})

test('what a personality changes is said for each kind of message', () => {
  expect(standingChange('adfs', 'LogoutRequest')).toEqual({ escapes: 'lower' })
  expect(standingChange('okta', 'LogoutRequest')).toBe(undefined)
  expect(personalityNames.map((name) => standingChange(name, 'Response'))).toEqual(
    personalityNames.map(() => undefined),
  )
})

test.each(personalityNames)('what %s changes are changes that there are', (name) => {
  const all = mintedKinds.flatMap((kind) => standingChange(name, kind) ?? [])
  expect(all.map(checkChange)).toEqual(all)
})
