import { expect, test } from 'vitest'
import { type Temper, tempers } from './partner/temper.ts'
import { byPost, byRedirect, makePartnerWorld, readSent, requestXml } from './partner.test-support.ts'

const politeAnswer = {
  to: 'https://idp.test/slo/done',
  inResponseTo: '_request',
  status: ['Success'],
  relayState: 'back/to?this',
  signedBy: 'wiki',
}
const relayState = 'back/to?this'

/** What each temper sends, and whether the user is signed in afterwards. */
const answers: readonly [Temper, object, boolean][] = [
  ['polite', politeAnswer, false],
  ['slow', politeAnswer, false],
  ['unsigned', { ...politeAnswer, signedBy: 'nobody' }, false],
  ['foreignKey', { ...politeAnswer, signedBy: 'stranger' }, false],
  ['wrongInResponseTo', { ...politeAnswer, inResponseTo: expect.stringMatching(/^_[0-9a-f]{40}$/) }, false],
  ['answersTwice', politeAnswer, false],
  ['dropsRelayState', { ...politeAnswer, relayState: null }, false],
  ['lying', politeAnswer, true],
  ['needsCookie', politeAnswer, false],
  ['partial', { ...politeAnswer, status: ['Success', 'PartialLogout'] }, false],
  ['refusing', { ...politeAnswer, status: ['Responder'] }, true],
]

test.each(answers)('%s answers a LogoutRequest in its own way', async (temper, expected, staysSignedIn) => {
  const { open, signIn, isSignedIn } = await makePartnerWorld({ temper })
  const browser = await signIn()
  const answer = await open(await byRedirect(requestXml(), { relayState }), browser)
  expect(answer.status).toBe(303)
  expect(await readSent(answer.location)).toMatchObject(expected)
  expect(await isSignedIn(browser)).toBe(staysSignedIn)
})

test('every temper but those that send nothing is among them', () => {
  const silent = ['silent', 'failing']
  expect([...answers.map(([temper]) => temper), ...silent].sort()).toEqual([...tempers].sort())
})

test('silent ends the session, sends nothing, and its page says so', async () => {
  const { open, signIn, isSignedIn } = await makePartnerWorld({ temper: 'silent' })
  const browser = await signIn()
  const answer = await open(await byRedirect(requestXml()), browser)
  expect([answer.status, answer.location]).toEqual([200, ''])
  expect(answer.text).toContain('No answer This partner ends the session and answers no LogoutRequest.')
  expect(await isSignedIn(browser)).toBe(false)
})

test('failing answers 500 and ends nothing', async () => {
  const { open, signIn, isSignedIn } = await makePartnerWorld({ temper: 'failing' })
  const browser = await signIn()
  const answer = await open(await byRedirect(requestXml()), browser)
  expect([answer.status, answer.location]).toEqual([500, ''])
  expect(answer.text).toContain('This partner fails at every LogoutRequest.')
  expect(await isSignedIn(browser)).toBe(true)
})

test('slow waits two seconds before it does anything', async () => {
  let goOn: (waited: boolean) => void = () => undefined
  const waits: number[] = []
  const wait = (ms: number) => {
    waits.push(ms)
    return new Promise<boolean>((resolve) => {
      goOn = resolve
    })
  }
  const { open, signIn, isSignedIn } = await makePartnerWorld({ temper: 'slow', wait })
  const browser = await signIn()
  const answering = open(await byRedirect(requestXml()), browser)
  await expect.poll(() => waits).toEqual([2_000])
  expect(await isSignedIn(browser)).toBe(true)
  goOn(true)
  expect((await answering).status).toBe(303)
  expect(await isSignedIn(browser)).toBe(false)
})

test('answersTwice sends a second answer to the same request without the browser, and only then', async () => {
  const twice = await makePartnerWorld({ temper: 'answersTwice' })
  const first = await readSent((await twice.open(await byRedirect(requestXml(), { relayState }))).location)
  await expect.poll(() => twice.got).toHaveLength(1)
  const second = await readSent(twice.got[0] ?? '')
  expect(second).toMatchObject(politeAnswer)
  expect(second.id).not.toBe(first.id)
  expect(twice.waited).toEqual([1_000])
  const once = await makePartnerWorld()
  await once.open(await byRedirect(requestXml()))
  expect([once.got, once.waited]).toEqual([[], []])
})

test('a second answer that cannot be brought is one warning without the message', async () => {
  const get = () => Promise.reject(new Error('GET https://idp.test/slo?SAMLResponse=…: connection refused'))
  const { open, log } = await makePartnerWorld({ temper: 'answersTwice', get })
  await open(await byRedirect(requestXml()))
  await expect
    .poll(() => log)
    .toEqual([
      {
        facts: { code: 'SECOND_ANSWER', partner: 'wiki' },
        message: 'the identity provider cannot be reached for the second answer',
      },
    ])
})

test('polite ends the session in whosever browser it is; needsCookie only with the cookie, and says UnknownPrincipal without', async () => {
  const polite = await makePartnerWorld()
  const alice = await polite.signIn()
  await polite.post('/saml/slo', await byPost(requestXml()))
  expect(await polite.isSignedIn(alice)).toBe(false)
  const careless = await makePartnerWorld({ temper: 'needsCookie' })
  const browser = await careless.signIn()
  const answer = await careless.post('/saml/slo', await byPost(requestXml()))
  expect(await readSent(answer.location)).toMatchObject({ status: ['Requester', 'UnknownPrincipal'] })
  expect(await careless.isSignedIn(browser)).toBe(true)
})

test('a temper changed while it runs counts from the next LogoutRequest on', async () => {
  const { partner, open } = await makePartnerWorld()
  partner.temper.set('refusing')
  expect(partner.temper.get()).toBe('refusing')
  const answer = await open(await byRedirect(requestXml()))
  expect(await readSent(answer.location)).toMatchObject({ status: ['Responder'] })
  partner.temper.set('polite')
  const next = await open(await byRedirect(requestXml()))
  expect(await readSent(next.location)).toMatchObject({ status: ['Success'] })
})
