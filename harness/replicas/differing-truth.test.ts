import { expect, test } from 'vitest'
import { silentLog } from '#server/logging'
import type { Differing } from '#server/store/store'
import { leaveWhileDiffering } from './differing-truth.ts'

const place = 'redis://engine:6379'
const identity = { url: 'http://idp.localhost:1', world: { users: [{ name: 'alice' }] }, secrets: 'digest' }
const party = (theirs: object) => ({
  name: 'party/idp',
  ours: JSON.stringify(identity),
  theirs: JSON.stringify({ ...identity, ...theirs }),
})
const begins = `the store at ${place} has other data than before, in which others run another world: `

function told(all: readonly (Differing | undefined)[]) {
  const reasons: (string | undefined)[] = []
  const lines: string[] = []
  const write = (_facts: object, message: string) => void lines.push(message)
  leaveWhileDiffering(
    { place, whenSaidAgain: (tell) => all.forEach(tell) },
    { leave: (reason) => void reasons.push(reason), log: { ...silentLog, warn: write, error: write } },
  )
  return { reasons, lines }
}

test.each([
  [
    party({ url: 'http://idp.localhost:2' }),
    'idp: url is "http://idp.localhost:1" here and "http://idp.localhost:2" there',
  ],
  [party({ world: { users: [{ name: 'bob' }] } }), 'idp: world.users[0].name is "alice" here and "bob" there'],
  [party({ secrets: 'other digest' }), 'idp: its keys or passwords are others here than there'],
  [{ name: 'key/idp', ours: 'secret', theirs: 'another' }, 'key idp is another here than there'],
])(
  'a replica with another truth than the store says in one sentence what differs, and is not ready: %#',
  (differing, says) => {
    const { reasons, lines } = told([differing])
    expect(reasons).toEqual([begins + says])
    expect(lines).toEqual([`${begins}${says}. This replica is not ready until it is started anew`])
  },
)

test('a replica is ready again when the store has what it agreed on, and says that it was said again', () => {
  const { reasons, lines } = told([{ name: 'key/idp', ours: 'a', theirs: 'b' }, undefined])
  expect(reasons).toEqual([`${begins}key idp is another here than there`, undefined])
  expect(lines[1]).toBe(
    `the store at ${place} has other data than before: what the replicas agreed on was said there again`,
  )
})
