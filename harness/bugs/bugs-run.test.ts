import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { type Lab, startLab } from '../lab.ts'
import { type Answer, isShown } from './bug.ts'
import { bugs } from './bugs.ts'
import { asksElasticsearch } from './is-run-by-test.ts'
import { type Answered, runLine, usualWorld } from './run-line.test-support.ts'

/** The lines of docs/bugs.md that Elasticsearch has an answer to: what they make happen, as it sees it. */

let shared: Lab
beforeAll(async () => {
  shared = await startLab(usualWorld)
})
afterAll(() => shared.close())

const run = bugs.filter(isShown).filter(asksElasticsearch)

test.each(run.map((bug) => [bug.id, bug] as const))('%s: its line does what its row says', async (_id, bug) => {
  const { elasticsearch, line } = bug
  const lab = await labFor(line.world)
  const answer = await runLine(lab, bug)
  expect(seen(answer, elasticsearch as Answer)).toEqual(elasticsearch)
})

/** One, as it was at its start, for all whose world is the usual one. */
async function labFor(world: object = {}): Promise<Lab> {
  if (Object.keys(world).length > 0) {
    const own = await startLab({ ...usualWorld, ...world })
    onTestFinished(() => own.close())
    return own
  }
  onTestFinished(async () => {
    await shared.reset()
    for (const party of ['idp', 'es']) await shared.clocks.set(party, {})
  })
  return shared
}

/** An answer in the words of a row: what the row has nothing to say of is left out, what is not as it says is told. */
function seen({ status, body }: Answered, { call, ...said }: Answer): object {
  const { error, invalidated, redirect } = body as {
    error?: { reason: string }
    invalidated?: number
    redirect?: string
  }
  const reason = error?.reason ?? 'no refusal'
  const { reason: begins = '', redirect: part, redirectLacks: lacks = '' } = said
  const all = {
    status,
    reason: reason.startsWith(begins) && error !== undefined ? begins : reason,
    invalidated,
    redirect: typeof part === 'string' && redirect?.includes(part) ? part : redirect,
    redirectLacks: redirect?.includes(lacks) ? redirect : lacks,
  }
  return { call, ...Object.fromEntries(Object.entries(all).filter(([name]) => Object.hasOwn(said, name))) }
}
