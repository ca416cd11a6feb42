import { expect, test } from 'vitest'
import { exitCodeOf, explainAll, jsonOf } from './explain-all.ts'
import { accepted, refused } from './explained.test-support.ts'
import type { Explained } from './explained.ts'
import { logoutRequest } from './pasted.test-support.ts'

const message = { presented: { carrier: 'document', document: logoutRequest }, notes: ['joined lines'] } as const
const found = { isCapture: false, messages: [message], unread: [] }
const written = Date.parse('2031-05-04T12:00:00Z')
const dayMs = 86_400_000

async function askedAt(now: number, said?: string): Promise<string | undefined> {
  const instants: (string | undefined)[] = []
  const judge = async (_presented: unknown, { at }: { at: string | undefined }): Promise<Explained> => {
    instants.push(at)
    return accepted
  }
  await explainAll(found, { judge, at: said, now })
  expect(instants).toHaveLength(1)
  return instants[0]
}

test('a message that is older than a day is judged as of its own IssueInstant, a younger one as of now', async () => {
  expect(await askedAt(written + dayMs)).toBeUndefined()
  expect(await askedAt(written + dayMs + 1)).toBe('2031-05-04T12:00:00Z')
  expect(await askedAt(written + dayMs + 1, '2031-01-01T00:00:00Z')).toBe('2031-01-01T00:00:00Z')
})

const explainedAs = async (given: typeof found, ...answers: readonly Explained[]) => {
  const left = [...answers]
  return explainAll(given, { judge: async () => left.shift() ?? accepted, at: undefined, now: written })
}

test('the exit code is 2 when one is refused, else 1 when something could not be read', async () => {
  const two = { ...found, messages: [message, message] }
  expect(exitCodeOf(two, await explainedAs(two, accepted, accepted))).toBe(0)
  expect(exitCodeOf(two, await explainedAs(two, accepted, refused))).toBe(2)
  const cut = { ...two, unread: ['it ends in the middle'] as never[] }
  expect(exitCodeOf(cut, await explainedAs(cut, accepted, accepted))).toBe(1)
  expect(exitCodeOf(cut, await explainedAs(cut, refused, accepted))).toBe(2)
})

test('as JSON a message is the object that a party answers, those of a capture a list', async () => {
  expect(jsonOf(found, await explainedAs(found, refused))).toEqual({ ...refused, notes: ['joined lines'] })
  const capture = { ...found, isCapture: true }
  expect(jsonOf(capture, await explainedAs(capture, refused))).toEqual({
    messages: [{ ...refused, notes: ['joined lines'] }],
    unread: [],
  })
})
