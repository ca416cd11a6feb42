import { expect, test } from 'vitest'
import { type Clock, settableClock, systemClock } from '#server/clock'
import { createFaults } from '#server/faults'
import { createJournal } from '#server/journal/journal'
import { byRedirect, idpEntityId, makePartnerWorld, partnerUrl, requestXml, response } from './partner.test-support.ts'

async function makeWorld(faults = createFaults(), clock: Clock = systemClock) {
  const journal = createJournal()
  const given = { journal: journal.of('wiki', clock), faults: faults.of('wiki'), clock }
  return { journal, ...(await makePartnerWorld(given)) }
}

test('a partner tells of a login, of a LogoutRequest that it reads, of what ends, and of its answer, in that order', async () => {
  const { journal, open, signIn } = await makeWorld()
  const { cookie } = await signIn()
  const { location } = await open(await byRedirect(requestXml()))

  const between = { from: idpEntityId, to: partnerUrl, party: 'wiki', accepted: true, user: 'alice', nameId: 'alice' }
  const back = { from: partnerUrl, to: idpEntityId, direction: 'sent' }
  expect(journal.since()).toMatchObject([
    { what: 'Response', binding: 'post', ...between },
    { what: 'LogoutRequest', binding: 'redirect', id: '_request', sessionIndexes: ['_s1'], ...between },
    { what: 'sessionEnded', user: 'alice', endedBy: idpEntityId, inResponseTo: '_request' },
    { what: 'LogoutResponse', inResponseTo: '_request', status: ['Success'], wire: { url: location }, ...back },
  ])
  expect(journal.since().at(-1)?.document).toContain(`ID="${journal.since().at(-1)?.id}"`)
  const secret = cookie.slice(cookie.indexOf('=') + 1)
  expect(secret.length).toBeGreaterThan(20)
  expect(JSON.stringify(journal.since())).not.toContain(secret)
})

test('a session of a partner that nobody ended has ended with its time', async () => {
  const clock = settableClock(systemClock.now())
  const { journal, open, signIn } = await makeWorld(createFaults(), clock)
  const { cookie } = await signIn()
  const before = journal.last
  clock.set(clock.now() + 24 * 3_600_000)
  await open('/', { cookie })
  expect(journal.since(before)).toMatchObject([{ what: 'sessionEnded', user: 'alice', endedBy: 'expiry' }])
})

test('what a partner refuses is one entry with its reason, which the log names', async () => {
  const { journal, open, post, log } = await makeWorld()
  await post('/saml/acs', { SAMLResponse: await response({ signedBy: 'stranger' }) })
  await open('/saml/slo?SAMLResponse=x')
  expect(journal.since()).toMatchObject([
    { what: 'Response', accepted: false, refusal: { code: 'PARTNER_REFUSED', message: log[0]?.message } },
    { what: 'LogoutResponse', accepted: false, refusal: { message: 'The SAMLResponse is not signed.' } },
  ])
  expect(log).toMatchObject([{ facts: { seq: 1 } }, { facts: { seq: 2 } }])
})

test('a message of a partner that a fault changed is told as it was sent', async () => {
  const change = { issuer: { value: 'urn:other' }, signature: 'tampered' }
  const { journal, open } = await makeWorld(createFaults([{ party: 'wiki', on: 'AuthnRequest', times: 1, change }]))
  const { location } = await open('/login')
  const [sent, fault] = journal.since()
  expect(sent).toMatchObject({ what: 'AuthnRequest', faults: ['f1'], wire: { method: 'GET', url: location } })
  expect(sent?.document).toContain('>urn:other<')
  expect(fault).toMatchObject({ what: 'fault', id: sent?.id, faults: ['f1'] })
})
