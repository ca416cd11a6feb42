import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { STATUS } from '#saml/names'
import { type LabOptions, startLab } from '../../../harness/index.ts'
import { exchange } from '../../drivers/http-exchange.ts'
import { createPerson, probeFor } from '../../run/person.test-support.ts'
import { allSignedIn, allSignedOut } from '../../scenario/expected.ts'
import { forgeAnswer } from './forged-answers.test-support.ts'

/** Bad input for the application, with the real emulator and the real IdP behind it (spec/security.md §5, target APP). */

let keysFolder = ''
beforeAll(async () => {
  keysFolder = await mkdtemp(join(tmpdir(), 'sloop-bad-input-'))
})
afterAll(() => rm(keysFolder, { recursive: true }))

type Profile = NonNullable<LabOptions['appProfile']>

/** A world in which alice has logged in, and what it logs from then on. */
async function startWorld(appProfile: Profile) {
  const lines: { code: unknown; text: string }[] = []
  const write = (facts: object, message: string) =>
    void lines.push({ code: (facts as { code?: unknown }).code, text: JSON.stringify([facts, message]) })
  const log = { info: () => undefined, warn: write, error: write }
  const lab = await startLab({ appProfile, keysFolder, log })
  const agent = createPerson()
  await agent.open(`${lab.appUrl}/`)
  await agent.press('alice')
  lines.length = 0
  const codes = () => lines.map(({ code }) => code)
  const logText = () => lines.map(({ text }) => text).join('\n')
  return {
    lab,
    agent,
    codes,
    logText,
    truth: () => probeFor(agent, lab),
    [Symbol.asyncDispose]: lab.close,
  }
}

type World = Awaited<ReturnType<typeof startWorld>>

/** The LogoutRequest of the IdP, on its way to the application. The session at the IdP ends with it. */
async function caughtRequest({ lab, agent }: World): Promise<string> {
  await agent.open(`${lab.idpUrl}/`)
  return agent.catchRedirect('Log out everywhere')
}

const secretsOf = ({ lab }: World, message: string): readonly string[] => [
  ...lab.issuedTokens().flatMap(({ accessToken, refreshToken }) => [accessToken, refreshToken]),
  ...[...new URL(message).searchParams.values()].map((value) => encodeURIComponent(value).slice(0, 40)),
]

const tokensLive = { ...allSignedIn, idpSession: 'dead' } as const
// Kibana ends its own session before it looks at what came (web-app-flows §1.4 f); the tokens live on.
const remains = { kibana: { ...tokensLive, application: 'signedOut' }, careful: tokensLive } as const
const told = {
  kibana: ['SAML_QUERY_AMBIGUOUS', 'LOGOUT_REFUSED'],
  careful: ['AMBIGUOUS_QUERY'],
} as const
const profiles = ['kibana', 'careful'] as const

const ambiguities = [
  ['T06: a message in disguise in front', (query: string) => `SAMLRequ%65st=EVIL&${query}`],
  ['T07: a message in disguise behind', (query: string) => `${query}&SAMLRequ%65st=EVIL`],
  ['T10: an answer beside the request', (query: string) => `${query}&SAMLResponse=EVIL`],
  ['T10: an answer in disguise beside the request', (query: string) => `${query}&SAMLRespons%65=EVIL`],
] as const

const ambiguous = profiles.flatMap((profile) => ambiguities.map(([row, change]) => [row, profile, change] as const))

test.each(ambiguous)(
  '%s ends no token, and the good request ends them afterwards (%s)',
  async (_row, profile, change) => {
    await using world = await startWorld(profile)
    const good = await caughtRequest(world)
    await world.agent.open(good.replace(/(?<=\?).*/, change))
    expect(world.codes()).toEqual(told[profile])
    expect(await world.truth()).toEqual(remains[profile])
    for (const secret of secretsOf(world, good)) expect(world.logText()).not.toContain(secret)
    await world.agent.open(good)
    expect(await world.truth()).toEqual(allSignedOut)
  },
)

/** Alice has logged out at the application, and her LogoutRequest has not reached the IdP yet. */
async function startLogout(world: World): Promise<string> {
  await world.agent.open(`${world.lab.appUrl}/`)
  return world.agent.catchRedirect('Log out')
}

const awaitingIdp = { ...allSignedOut, idpSession: 'alive' } as const
const partial = { status: { codes: [STATUS.responder, STATUS.partialLogout] } }

test.each([
  ['T26: unsigned', false, {}, 'SAML_UNSIGNED', 'is not signed'],
  ['T28: a partial logout', true, partial, 'SAML_STATUS', 'status:PartialLogout'],
  ['T31: to a request of somebody else', true, { inResponseTo: '_other' }, 'SAML_IN_RESPONSE_TO', 'in-response-to'],
])('a LogoutResponse confirms nothing to a careful application: %s', async (_row, isSigned, changes, code, reason) => {
  await using world = await startWorld('careful')
  const { lab, agent } = world
  const redirect = await startLogout(world)
  const forged = await forgeAnswer({ lab, redirect, keysFolder: isSigned ? keysFolder : undefined, changes })
  await agent.open(forged)
  const { text } = await agent.see()
  expect(text).toContain('Logged out here only')
  expect(text).toContain(reason)
  expect(world.codes()).toEqual([code, 'LOGOUT_NOT_CONFIRMED'])
  expect(await world.truth()).toEqual(awaitingIdp)
  for (const secret of secretsOf(world, forged)) expect(world.logText()).not.toContain(secret)
  await agent.open(redirect)
  expect((await agent.see()).text).toContain('You are logged out')
  expect(await world.truth()).toEqual(allSignedOut)
})

test('T30: a signed LogoutResponse that answers nothing is refused by a careful application', async () => {
  await using world = await startWorld('careful')
  const { lab, agent } = world
  const redirect = await startLogout(world)
  await agent.open(await forgeAnswer({ lab, redirect, keysFolder, changes: { inResponseTo: undefined } }))
  expect((await agent.see()).text).toContain('does not say which LogoutRequest it answers')
  expect(world.codes()).toEqual(['UNEXPECTED_LOGOUT_RESPONSE'])
  expect(await world.truth()).toEqual(awaitingIdp)
  await agent.open(redirect)
  expect(await world.truth()).toEqual(allSignedOut)
})

test("T31: the answer to bob's logout does not end alice's wait", async () => {
  await using world = await startWorld('careful')
  const { lab, agent } = world
  const bob = createPerson()
  await bob.open(`${lab.appUrl}/`)
  await bob.press('bob')
  const [hers, his] = [await startLogout(world), await startLogout({ ...world, agent: bob })]
  await agent.open(await forgeAnswer({ lab, redirect: his, keysFolder }))
  expect((await agent.see()).text).toContain('Logged out here only')
  expect(world.codes()).toEqual(['SAML_IN_RESPONSE_TO', 'LOGOUT_NOT_CONFIRMED'])
  await bob.open(his)
  await agent.open(hers)
  expect([(await bob.see()).text, (await agent.see()).text]).toEqual(
    Array(2).fill(expect.stringContaining('You are logged out')),
  )
})

const crossSite = profiles.flatMap((profile) =>
  ['/logout', '/api/security/logout'].map((path) => [profile, path] as const),
)

test.each(crossSite)('T27, T81: a form of another site ends nothing (%s, %s)', async (profile, path) => {
  await using world = await startWorld(profile)
  const { status, location } = await exchange({
    method: 'POST',
    url: world.lab.appUrl + path,
    headers: {
      origin: 'http://evil.test',
      'sec-fetch-site': 'cross-site',
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: 'SAMLResponse=PHgvPg%3D%3D',
  })
  expect([status, location]).toEqual([profile === 'careful' && path !== '/logout' ? 403 : 404, undefined])
  expect(await world.truth()).toEqual(allSignedIn)
})

test.each([
  ['/logout', 'Log out?', []],
  ['/api/security/logout', 'Log out?', []],
  ['/logout?SAMLResponse=unsigned', 'Nothing here waits for a LogoutResponse', ['UNEXPECTED_LOGOUT_RESPONSE']],
  ['/api/security/logout?SAMLResponse=unsigned', 'Nothing here waits', ['UNEXPECTED_LOGOUT_RESPONSE']],
])('T81: a link of another site logs nobody out of a careful application: %s', async (target, says, codes) => {
  await using world = await startWorld('careful')
  await world.agent.open(world.lab.appUrl + target)
  expect((await world.agent.see()).text).toContain(says)
  expect(await world.truth()).toEqual(allSignedIn)
  expect(world.codes()).toEqual(codes)
})

// Kibana looks at no LogoutResponse and asks nobody before it logs out (web-app-flows §1.1): what the careful profile is for.
test.each(['/logout', '/api/security/logout', '/logout?SAMLResponse=unsigned'])(
  'T81: a link of another site logs out of an application like Kibana, as it does of Kibana: %s',
  async (target) => {
    await using world = await startWorld('kibana')
    await world.agent.open(world.lab.appUrl + target)
    expect((await world.agent.see()).text).toContain('You are logged out')
    expect(await world.truth()).toEqual(allSignedOut)
  },
)
