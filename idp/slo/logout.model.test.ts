import fc from 'fast-check'
import { afterAll, beforeAll, test } from 'vitest'
import { openRun } from '../world.test-support.ts'
import { type CalledParticipants, openCalledParticipants, refusal } from './called-participants.test-support.ts'
import { type Asked, type Given, Story, sps } from './logout-story.test-support.ts'

let calls: CalledParticipants
beforeAll(async () => {
  calls = await openCalledParticipants(sps)
})
afterAll(() => calls.close())

type Step = fc.AsyncCommand<object, Story>

const step = (name: string, run: (story: Story) => Promise<void>): Step => ({
  check: () => true,
  toString: () => name,
  run: async (_model, story) => {
    await run(story)
    story.expectOneAnswerEach()
  },
})

/** One of the requests that went out, if any did. */
const pick = (story: Story, at: number): Asked | undefined =>
  story.asked.length === 0 ? undefined : story.asked[at % story.asked.length]

async function answer(
  story: Story,
  at: number,
  { accepts, by = at }: { accepts: boolean; by?: number },
): Promise<void> {
  const asked = pick(story, at)
  if (asked === undefined) return
  const sp = by === at ? asked.sp : (sps[by % sps.length] ?? asked.sp)
  if (sp === asked.sp && accepts) story.confirmed.add(asked.request.id)
  story.arrive(await story.browser.open(await sp.answer(asked.request, accepts ? {} : { status: refusal })))
}

async function startAt(story: Story, index: number): Promise<void> {
  const [sp, login] = [sps[index], story.logins[index]]
  if (sp === undefined || login === undefined) throw new Error('there is no such service provider')
  const request = sp.logoutRequest({ nameId: login.nameId })
  if (story.given.ways[index] === 'redirect' || story.given.ways[index] === 'post') story.requests.push(request.id)
  story.arrive(await story.browser.open(await sp.redirect(request)))
}

const index = fc.nat(7)
const steps = [
  fc.constant(step('log out everywhere', async (story) => story.arrive(await story.browser.post('/logout', {})))),
  fc.nat(3).map((at) => step(`logout at ${at}`, (story) => startAt(story, at))),
  fc
    .tuple(index, fc.boolean())
    .map(([at, accepts]) => step(`${at} answers ${accepts}`, (story) => answer(story, at, { accepts }))),
  fc
    .tuple(index, index)
    .map(([at, by]) => step(`${by} answers for ${at}`, (story) => answer(story, at, { accepts: true, by }))),
  fc.constantFrom(1_000, 10_000).map((ms) => step(`${ms} ms pass`, async (story) => story.advance(ms))),
  fc.constant(step('700 s pass', (story) => story.letLongPass())),
  fc.constant(step('look', async (story) => story.arrive(await openRun(story.browser)))),
  fc.constantFrom('yes', 'no', 'not at all').map((how) =>
    step(`calls are answered ${how}`, async (story) => {
      story.calls.answers = how
    }),
  ),
  fc.constant(step('continue', (story) => story.goOn())),
  fc.nat(4).map((leg) =>
    step(`frame ${leg}`, async (story) => {
      const run = story.browser.cookies.get('sloop_idp_logout')
      story.arrive(await story.browser.open(`/logout/frame?run=${run}&leg=${leg}`))
    }),
  ),
  fc.constant(
    step('next', async (story) => {
      story.arrive(await story.browser.open(`/logout/next?run=${story.browser.cookies.get('sloop_idp_logout')}`))
    }),
  ),
]

const given: fc.Arbitrary<Given> = fc.record({
  ways: fc.array(fc.constantFrom('redirect', 'post', 'soap', 'none'), { minLength: 4, maxLength: 4 }),
  logout: fc.record({
    propagation: fc.constantFrom('chain', 'frames'),
    onFailure: fc.constantFrom('continue', 'stop'),
    initiator: fc.constantFrom('leftOut', 'askedToo'),
    session: fc.constant('end'),
  }),
})

test('whatever is asked, lost, repeated, late or foreign: one answer to each requester, complete only when all confirmed, nothing left behind', async () => {
  await fc.assert(
    fc.asyncProperty(given, fc.commands(steps, { maxCommands: 25 }), async (world, commands) => {
      Object.assign(calls, { answers: 'yes', missed: false })
      const story = new Story(world, calls)
      await story.signIn()
      await fc.asyncModelRun(() => ({ model: {}, real: story }), commands)
      await story.end()
    }),
    { numRuns: 60 },
  )
})
