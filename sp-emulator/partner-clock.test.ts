import { expect, onTestFinished, test, vi } from 'vitest'
import { settableClock, systemClock } from '#server/clock'
import { movableClock } from '#server/movable-clock'
import {
  byPost,
  byRedirect,
  makePartnerWorld,
  partnerUrl,
  readSent,
  requestXml,
  response,
} from './partner.test-support.ts'

const instantOf = (document: string) => /IssueInstant="([^"]*)"/.exec(document)?.[1]
const limitOf = (base64: string) =>
  Date.parse(/NotOnOrAfter="([^"]*)"/.exec(Buffer.from(base64, 'base64').toString())?.[1] ?? '')

test('a partner takes a Response until its own clock is a minute past NotOnOrAfter, not longer', async () => {
  const SAMLResponse = await response()
  const limit = limitOf(SAMLResponse)
  const clock = settableClock(limit + 59_999)
  const { post } = await makePartnerWorld({ clock })
  expect(await post('/saml/acs', { SAMLResponse })).toMatchObject({ status: 303 })
  clock.set(limit + 60_000)
  const { status, text } = await post('/saml/acs', { SAMLResponse })
  expect(status).toBe(400)
  expect(text).toContain('The Response is refused: SAML assertion expired: clocks skewed too much.')
})

test.each(['redirect', 'post'] as const)('a partner judges a LogoutRequest by %s on its own clock', async (by) => {
  const limit = Date.parse('2026-01-01T00:00:00Z')
  const xml = requestXml().replace(' Version=', ' NotOnOrAfter="2026-01-01T00:00:00Z" Version=')
  const clock = settableClock(limit + 60_000)
  const { open, post } = await makePartnerWorld({ clock })
  const send = async () => (by === 'redirect' ? open(await byRedirect(xml)) : post('/saml/slo', await byPost(xml)))
  const { status, text } = await send()
  expect(status).toBe(400)
  expect(text).toContain('SAML assertion expired: clocks skewed too much.')
  clock.set(limit + 59_999)
  expect(await send()).toMatchObject({ status: 303 })
})

test('whatever a partner writes is dated by its own clock, and still signed', async () => {
  const clock = movableClock({ frozenAt: '2026-01-01T00:00:00Z' })
  const { open, post, signIn } = await makePartnerWorld({ clock })
  const login = await readSent((await open('/login')).location)
  const answer = await readSent((await open(await byRedirect(requestXml()))).location)
  clock.change({})
  const browser = await signIn()
  clock.change({ frozenAt: '2026-01-01T00:00:01.500Z' })
  const headers = { ...browser, origin: partnerUrl }
  const logout = await readSent((await post('/logout', {}, headers)).location)
  const seen = [login, answer, logout].map(({ document, signedBy }) => [instantOf(document), signedBy])
  expect(seen).toEqual([
    ['2026-01-01T00:00:00.000Z', 'wiki'],
    ['2026-01-01T00:00:00.000Z', 'wiki'],
    ['2026-01-01T00:00:01.500Z', 'wiki'],
  ])
})

test.each([
  [3_599_999, 303],
  [3_600_000, 400],
])('a partner remembers what it sent for an hour of its own clock: %i ms later %i', async (later, status) => {
  const clock = settableClock(systemClock.now() - later)
  const { open, post } = await makePartnerWorld({ clock })
  const { id } = await readSent((await open('/login')).location)
  clock.advance(later)
  expect(await post('/saml/acs', { SAMLResponse: await response({ inResponseTo: id }) })).toMatchObject({ status })
})

test('what a partner sent long ago by the machine is remembered while its own clock stands', async () => {
  const clock = movableClock({ frozenAt: new Date(systemClock.now()).toISOString() })
  const { open, post } = await makePartnerWorld({ clock })
  const { id } = await readSent((await open('/login')).location)
  const SAMLResponse = await response({ inResponseTo: id })
  vi.useFakeTimers({ toFake: ['Date'], now: systemClock.now() + 9 * 3_600_000 })
  onTestFinished(() => void vi.useRealTimers())
  expect(await post('/saml/acs', { SAMLResponse })).toMatchObject({ status: 303 })
})

test('a partner whose clock is not the machine says so on its first page', async () => {
  const clock = movableClock({ shiftMs: -300_000 })
  const { open } = await makePartnerWorld({ clock })
  expect((await open('/')).text).toContain('The clock of this partner is 5 min behind.')
  clock.change({})
  expect((await open('/')).text).not.toContain('clock')
})
