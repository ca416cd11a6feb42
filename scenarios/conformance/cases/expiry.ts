import { authenticate } from '../api.ts'
import { section } from '../case.ts'
import { expectSame } from '../drift.ts'
import { type Change, makeResponse, withAssertion } from '../messages.ts'
import { expectLoginRefused } from '../refusals.ts'
import type { Lab } from '../target.ts'

const skewMs = 180_000

/** An assertion that a minute limits is good until the minute and the skew are over, to the millisecond. */
const endsAfterAMinute = (change: (limit: number) => Change) => async (lab: Lab) => {
  const begin = lab.now()
  const limit = begin + 60_000
  const xml = await makeResponse(lab, 'plain', { changes: [change(limit)] })
  for (const at of [begin + 30_000, limit + skewMs / 2, limit + skewMs - 1]) {
    lab.clock.set(at)
    expectSame(`status ${at - limit} ms after the limit`, (await authenticate(lab, 'plain', xml)).status, 200)
  }
  lab.clock.set(limit + skewMs)
  expectLoginRefused(await authenticate(lab, 'plain', xml), lab, 'is on/after')
}

export const expiries = section('11.9 authenticate: message checks', [
  {
    number: 58,
    title: 'a session ends at SessionNotOnOrAfter and the skew',
    asks: 'clock',
    run: endsAfterAMinute((sessionNotOnOrAfter) =>
      withAssertion(({ authnStatements }) => ({
        authnStatements: authnStatements.map((each) => ({ ...each, sessionNotOnOrAfter })),
      })),
    ),
  },
  {
    number: 64,
    title: 'a confirmation ends at its NotOnOrAfter and the skew',
    asks: 'clock',
    run: endsAfterAMinute((notOnOrAfter) =>
      withAssertion(({ subject }) => ({
        subject: subject && {
          ...subject,
          confirmations: subject.confirmations.map((each) => ({ ...each, data: { ...each.data, notOnOrAfter } })),
        },
      })),
    ),
  },
  {
    number: 70,
    title: 'conditions end at their NotOnOrAfter and the skew',
    asks: 'clock',
    run: endsAfterAMinute((notOnOrAfter) =>
      withAssertion(({ conditions }) => ({ conditions: conditions && { ...conditions, notOnOrAfter } })),
    ),
  },
])
