import { expect, test } from 'vitest'
import { createMemoryStore } from '#server/store/store'
import { createCurrentBehaviour, resolveBehaviour } from './behaviour.ts'

test('what is changed is changed, and everything else stays, until all is as it was at the start', () => {
  const behaviour = createCurrentBehaviour(createMemoryStore(), resolveBehaviour({ tolerate: ['unsigned'] }))
  const atStart = behaviour.now()
  behaviour.change({ logout: { propagation: 'frames' }, unknownSession: 'succeed' })
  expect(behaviour.now()).toEqual({
    ...atStart,
    unknownSession: 'succeed',
    logout: { ...atStart.logout, propagation: 'frames' },
  })
  behaviour.reset()
  expect(behaviour.now()).toEqual(atStart)
})

test('what cannot be used is refused by its name, and nothing has changed', () => {
  const behaviour = createCurrentBehaviour(createMemoryStore(), resolveBehaviour({}))
  expect(() => behaviour.change({ unknownSession: 'succeed', participantTimeoutMs: 0 })).toThrow(
    'participantTimeoutMs: [0] is not a number of at least 1',
  )
  expect(behaviour.now()).toEqual(resolveBehaviour({}))
})
