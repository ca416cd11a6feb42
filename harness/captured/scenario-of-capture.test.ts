import { afterAll, expect, test } from 'vitest'
import { deflate } from '#saml/bindings/deflate'
import { NAMESPACE } from '#saml/names'
import { systemClock } from '#server/clock'
import { decodedDocument } from '../explain/document-in.ts'
import { readPresented } from '../explain/read-presented.ts'
import { startLab } from '../lab.ts'
import { acme, at, canaries, captureLogout, decodedTexts, elsewhere, harOf, names } from './captures.test-support.ts'
import { scenarioOfCapture } from './scenario-of-capture.ts'

const lab = await startLab(acme)
const server = await startLab({ applications: [] })
afterAll(() => Promise.all([lab.close(), server.close()]))

async function captured(change: Readonly<Record<string, unknown>> | undefined): Promise<string> {
  const requests = await captureLogout(lab, change)
  return harOf(requests, new Date(systemClock.now()).toISOString())
}

const sp = 'https://sp.example.test'
const signIn = { kind: 'sign-in', user: 'person1', at: sp }

test.each([
  [
    'escapes that were changed on the way',
    { escapes: { signed: 'upper', sent: 'lower' } },
    { escapes: { signed: 'upper', sent: 'lower' } },
    { refusal: 'SAML_SIGNATURE' },
  ],
  [
    'a LogoutRequest that is expired',
    { notOnOrAfter: { shiftMs: -3_600_000 } },
    { notOnOrAfter: { shiftMs: -86_400_000 } },
    { refusal: 'SAML_EXPIRED' },
  ],
  [
    'another Destination',
    { destination: 'trailingSlash' },
    { destination: { value: `${sp}/logout/` } },
    { refusal: 'SAML_DESTINATION' },
  ],
  [
    'a name that no login has, by its SPNameQualifier',
    { nameId: { spNameQualifier: 'alter' } },
    { nameId: { spNameQualifier: { value: 'urn:sloop-other' } } },
    { refusal: null, invalidated: 0 },
  ],
])('a captured logout becomes a change of ours with the same effect: %s', async (_cause, change, found, answer) => {
  const har = await captured(change)
  const { steps, expected } = await scenarioOfCapture(readPresented(har), { server, keepsNames: false })
  expect(steps).toEqual([signIn, { ...signIn, kind: 'sign-out', by: 'idp', change: found }])
  expect(expected.answers).toEqual([
    { what: 'Response', refusal: null },
    { what: 'LogoutRequest', ...answer },
  ])
})

test('names, hosts and secrets of a capture are nowhere in its scenario, encoded or not', async () => {
  const har = await captured({ signature: 'none' })
  const scenario = await scenarioOfCapture(readPresented(har), { server, keepsNames: false })
  const text = decodedTexts(JSON.stringify(scenario), decodedDocument).toLowerCase()
  expect([...names, ...canaries].filter((name) => text.includes(name.toLowerCase()))).toEqual([])
  expect(har).toContain('cookie-canary')
  expect(text).toContain('https://idp.example.test/idp')
})

test('what is for another service provider is left out, and a note says how much and where it went', async () => {
  const [login, logout] = await captureLogout(lab, undefined)
  const others = await captureLogout(lab, undefined, elsewhere)
  if (login === undefined || logout === undefined) throw new TypeError('there was no logout')
  const found = readPresented(harOf([login, ...others, logout], new Date(systemClock.now()).toISOString()))
  const { steps, expected, notes } = await scenarioOfCapture(found, { server, keepsNames: true })
  expect(steps).toMatchObject([
    { kind: 'sign-in', at },
    { kind: 'sign-out', by: 'idp', at },
  ])
  expect(expected.answers.map(({ refusal }) => refusal)).toEqual([null, null])
  expect(notes).toContain(
    `2 messages are for another service provider, at ${elsewhere}, and left out: a scenario has one.`,
  )
  const { notes: renamed } = await scenarioOfCapture(found, { server, keepsNames: false })
  expect(renamed).toContainEqual(expect.stringMatching(/^2 messages .* at https:\/\/host\d\.example\.test, /))
})

/** A login that an application with another entity id than its Audience asked for: no change of ours says another Audience. */
async function forAnotherAudience(): Promise<string> {
  const [login] = await captureLogout(lab, undefined)
  if (login === undefined) throw new TypeError('there was no login')
  const request = `<p:AuthnRequest xmlns:p="${NAMESPACE.protocol}" ID="_1" Version="2.0"><a:Issuer xmlns:a="${NAMESPACE.assertion}">https://other.acme.test</a:Issuer></p:AuthnRequest>`
  const query = new URLSearchParams({ SAMLRequest: deflate(request).toString('base64') })
  const asked = { method: 'GET', url: `https://login.acme.test/sso?${query}` }
  return harOf([asked, login], new Date(systemClock.now()).toISOString())
}

test('what no change of ours does is replayed as it was, at the moment at which it was sent, and only with its names', async () => {
  const found = readPresented(await forAnotherAudience())
  const { given, steps, expected } = await scenarioOfCapture(found, { server, keepsNames: true })
  expect(given.realms).toMatchObject([
    { name: 'captured', acs: `${at}/acs`, idpMetadata: expect.stringContaining('X509') },
  ])
  expect(steps).toMatchObject([{ kind: 'replay', at: found.messages[1]?.at }])
  expect(expected.answers).toEqual([{ what: 'Response', refusal: 'SAML_AUDIENCE' }])
  await expect(scenarioOfCapture(found, { server, keepsNames: false })).rejects.toThrow(
    /can be repeated only as it was, with the names in it: --keep-names allows that$/,
  )
})

test('whose certificate did not come with the message is known by metadata, else one sentence asks for it', async () => {
  const [, logout] = await captureLogout(lab, { signature: 'none' })
  const found = readPresented(logout?.url ?? '')
  await expect(scenarioOfCapture(found, { server, keepsNames: false })).rejects.toThrow(
    'no certificate of [https://login.acme.test/idp] came with its messages: expected --metadata <its metadata>',
  )
  const metadata = await (await fetch(`${lab.idpUrl.replace('idp.localhost', '127.0.0.1')}/metadata`)).text()
  const { steps } = await scenarioOfCapture(found, { server, keepsNames: false, metadata })
  expect(steps.at(-1)).toMatchObject({ kind: 'sign-out', change: { signature: 'none' } })
})
