import { expect, test } from 'vitest'
import { ConfigError } from '#server/config'
import { ClockError } from '#server/movable-clock'
import { NoSuch } from '#server/no-such'
import { createClocks } from './clocks.ts'

const frozenAt = '2026-01-01T00:00:00Z'

test('each party has a clock of its own, as the world wants it', () => {
  const clocks = createClocks(['idp', 'es', 'app'], { es: { frozenAt } })
  clocks.set('idp', { shiftMs: -300_000 })
  expect(clocks.all()).toEqual({ idp: { shiftMs: -300_000 }, es: { frozenAt }, app: {} })
})

test('a party reads the same clock however often it is moved', () => {
  const clocks = createClocks(['es'])
  const clock = clocks.get('es')
  clocks.set('es', { frozenAt })
  expect(clocks.set('es', { advanceMs: 1_000 })).toEqual({ frozenAt: '2026-01-01T00:00:01Z' })
  expect(clock.now()).toBe(Date.UTC(2026) + 1_000)
})

test('what all clocks say sets them to the same again', () => {
  const clocks = createClocks(['idp', 'es', 'app'], { es: { frozenAt }, app: { shiftMs: 5 } })
  const before = clocks.all()
  for (const party of Object.keys(before)) clocks.set(party, { shiftMs: 60_000 })
  for (const [party, state] of Object.entries(before)) clocks.set(party, state)
  expect(clocks.all()).toEqual(before)
})

test('after a reset each clock stands as at the start', () => {
  const start = { es: { frozenAt } }
  const clocks = createClocks(['idp', 'es'], start)
  clocks.set('es', { advanceMs: 5 })
  clocks.set('idp', { shiftMs: 5 })
  clocks.reset()
  expect(clocks.all()).toEqual({ idp: {}, es: { frozenAt } })
})

test.each([
  ['partnr', 'there is no party [partnr], did you mean partner?'],
  ['ipd', 'there is no party [ipd], did you mean idp?'],
  ['urn:my-app', 'there is no party [urn:my-app], known are idp, es, partner'],
  ['toString', 'there is no party [toString], known are idp, es, partner'],
])('nobody is taken for another: %s', (party, message) => {
  const clocks = createClocks(['idp', 'es', 'partner'])
  expect(() => clocks.set(party, { shiftMs: 1 })).toThrow(
    expect.objectContaining({ name: 'NoSuch', type: 'noSuchParty', message }),
  )
  expect(() => clocks.get(party)).toThrow(NoSuch)
  expect(clocks.all()).toEqual({ idp: {}, es: {}, partner: {} })
})

test('a change that cannot be moves nothing', () => {
  const clocks = createClocks(['idp'])
  expect(() => clocks.set('idp', { advanceMs: 1 })).toThrow(
    new ClockError('advanceMs', 'a clock that stands', 'one that runs'),
  )
  expect(clocks.all()).toEqual({ idp: {} })
})

test.each([
  [{ shiftMs: 1, frozenAt }, 'clocks.idp: expected one of shiftMs, frozenAt and advanceMs, found shiftMs and frozenAt'],
  [
    { frozenAt: '3000-01-01T00:00:00Z' },
    'clocks.idp.frozenAt: expected an instant of the years 1970 to 2999, found 3000-01-01T00:00:00Z',
  ],
])('a world whose clock cannot be is refused by the path: %o', (idp, message) => {
  expect(() => createClocks(['idp'], { idp })).toThrow(new ConfigError(message))
})
