import { Client } from '@elastic/elasticsearch'
import { expect, onTestFinished, test } from 'vitest'
import { systemClock } from '#server/clock'
import { type Action, type ParsedPage, parsePage } from '../../../harness/browsing/page-controls.ts'
import { type Lab, type LabOptions, startLab } from '../../../harness/index.ts'
import { exchange } from '../../drivers/http-exchange.ts'
import { createPerson, type Person, probeFor } from '../../run/person.test-support.ts'

interface Scene {
  readonly lab: Lab
  readonly agent: Person
}

/** A lab whose parties stand still at the same instant, this second, unless the world says otherwise. */
async function scene(world: LabOptions = {}): Promise<Scene & { at: (ms: number) => string }> {
  const second = Math.floor(systemClock.now() / 1_000) * 1_000
  const at = (ms: number) => new Date(second + ms).toISOString().replace('.000Z', 'Z')
  const frozenAt = at(0)
  const clocks = { idp: { frozenAt }, es: { frozenAt }, app: { frozenAt } }
  const lab = await startLab({ clocks, ...world })
  onTestFinished(() => lab.close())
  return { lab, at, agent: createPerson() }
}

async function signIn({ lab, agent }: Scene): Promise<void> {
  await agent.open(lab.appUrl)
  await agent.press('alice')
}

function clientOf({ esUrl, serviceUser }: Lab): Client {
  const client = new Client({ node: esUrl, auth: serviceUser, maxRetries: 0 })
  onTestFinished(() => client.close())
  return client
}

/** What the realm says to the LogoutRequest that the IdP writes now. */
async function invalidate({ lab, agent }: Scene) {
  await agent.open(lab.idpUrl)
  const { search } = new URL(await agent.catchRedirect('Log out everywhere'))
  return clientOf(lab).security.samlInvalidate({ realm: 'saml1', query_string: search.slice(1) })
}

// The LogoutRequest counts for 300 s, and the realm allows 180 s more (allowed_clock_skew).
test('a realm takes a LogoutRequest of an IdP whose clock is behind until lifetime and skew are over', async () => {
  const { lab, at, agent } = await scene()
  await signIn({ lab, agent })
  await lab.clocks.set('idp', { frozenAt: at(-479_999) })
  expect(await invalidate({ lab, agent })).toMatchObject({ realm: 'saml1', invalidated: 1 })
})

test('a realm refuses it from then on in the words of a node, and ends nothing', async () => {
  const { lab, at, agent } = await scene()
  await signIn({ lab, agent })
  await lab.clocks.set('idp', { frozenAt: at(-480_000) })
  const reason = `Rejecting SAML assertion because [${at(-180_000)}] is on/after [${at(-180_000)}]`
  const statusCode = 500
  await expect(invalidate({ lab, agent })).rejects.toMatchObject({
    message: expect.stringContaining(reason),
    statusCode,
  })
  expect(await probeFor(agent, lab)).toMatchObject({
    accessToken: 'alive',
    refreshToken: 'alive',
  })
})

test('an IdP five minutes behind whose LogoutRequests are short-lived leaves the user signed in at Elasticsearch', async () => {
  const { lab, agent } = await scene({ clocks: {}, lifetimes: { logoutRequestSeconds: 60 } })
  await signIn({ lab, agent })
  await lab.clocks.set('idp', { shiftMs: -300_000 })
  await agent.open(lab.idpUrl)
  expect((await agent.see()).text).toContain('The clock of this identity provider is 5 min behind.')
  await agent.press('Log out everywhere')
  expect((await agent.see()).text).toContain('is on/after')
  expect(await probeFor(agent, lab)).toMatchObject({
    accessToken: 'alive',
    refreshToken: 'alive',
  })
})

test('an access token expires by the clock of Elasticsearch alone, after its last instant', async () => {
  const { lab, agent } = await scene()
  await signIn({ lab, agent })
  const [{ accessToken } = { accessToken: '' }] = lab.issuedTokens()
  const authenticate = async () => {
    const headers = { authorization: `Bearer ${accessToken}` }
    return (await exchange({ method: 'GET', url: `${lab.esUrl}/_security/_authenticate`, headers })).status
  }
  await lab.clocks.set('idp', { advanceMs: 3_600_000 })
  await lab.clocks.set('app', { advanceMs: 3_600_000 })
  expect(await authenticate()).toBe(200)
  await lab.clocks.set('es', { advanceMs: 1_200_000 })
  expect(await authenticate()).toBe(200)
  await lab.clocks.set('es', { advanceMs: 1 })
  expect(await authenticate()).toBe(401)
})

test('an API key expires by the clock of Elasticsearch', async () => {
  const { lab } = await scene()
  const { encoded } = await clientOf(lab).security.createApiKey({ name: 'k', expiration: '1h' })
  const headers = { authorization: `ApiKey ${encoded}` }
  const authenticate = async () =>
    (await exchange({ method: 'GET', url: `${lab.esUrl}/_security/_authenticate`, headers })).status
  await lab.clocks.set('es', { advanceMs: 3_599_999 })
  expect(await authenticate()).toBe(200)
  await lab.clocks.set('es', { advanceMs: 1 })
  expect(await authenticate()).toBe(401)
})

test('a participant has waited too long by the clock of the IdP when somebody looks, and setting it back changes nothing', async () => {
  const { lab, at, agent } = await scene()
  await signIn({ lab, agent })
  await agent.open(lab.idpUrl)
  await agent.catchRedirect('Log out everywhere')
  await lab.clocks.set('idp', { advanceMs: 9_999 })
  await agent.open(lab.idpUrl)
  await agent.press('how far it has come')
  const { url, text } = await agent.see()
  expect(text).toContain('A service provider has not answered yet.')
  await lab.clocks.set('idp', { advanceMs: 1 })
  expect((await agent.peek(url)).text).toContain('did not answer within 10 s')
  await lab.clocks.set('idp', { frozenAt: at(0) })
  expect((await agent.peek(url)).text).toContain('did not answer within 10 s')
})

test('a session of the IdP that was seen to have expired is gone, also when the clock is set back', async () => {
  const { lab, at, agent } = await scene({ lifetimes: { sessionSeconds: 3_600 } })
  await signIn({ lab, agent })
  const portal = async () => (await agent.peek(lab.idpUrl)).text
  await lab.clocks.set('idp', { advanceMs: 3_599_999 })
  expect(await portal()).toContain('Signed in as')
  await lab.clocks.set('idp', { advanceMs: 1 })
  expect(await portal()).toContain('Nobody is signed in.')
  await lab.clocks.set('idp', { frozenAt: at(0) })
  expect(await portal()).toContain('Nobody is signed in.')
})

test('a session of the application ends by its own clock: it logs in anew, unasked', async () => {
  const { lab, agent } = await scene()
  await signIn({ lab, agent })
  const logins = async () => {
    await agent.open(lab.appUrl)
    expect((await agent.see()).text).toContain('You are signed in as alice')
    return lab.issuedTokens().length
  }
  await lab.clocks.set('app', { advanceMs: 28_799_999 })
  expect(await logins()).toBe(1)
  await lab.clocks.set('app', { advanceMs: 28_800_000 })
  expect(await logins()).toBe(2)
})

test('the clocks of a lab are those of its parties, each told by its name, and say what they are told', async () => {
  const clocks = { wiki: { shiftMs: 60_000 }, second: { frozenAt: '2026-01-01T02:00:00+02:00' } }
  const { lab } = await scene({ applications: [{ name: 'second' }], partners: [{ name: 'wiki' }], clocks })
  const second = { frozenAt: '2026-01-01T00:00:00Z' }
  expect(await lab.clocks.get()).toEqual({ clocks: { idp: {}, es: {}, second, wiki: { shiftMs: 60_000 } } })
  expect(await lab.clocks.set('wiki', {})).toEqual({})
  await expect(lab.clocks.set('wikki', {})).rejects.toThrow('there is no party [wikki], did you mean wiki?')
  await expect(lab.clocks.set('idp', { shift: 5 } as object)).rejects.toThrow(
    'shift: unknown key, did you mean shiftMs?',
  )
  await expect(lab.clocks.set('idp', { advanceMs: 5 })).rejects.toThrow(
    'advanceMs: expected a clock that stands, found one that runs',
  )
  expect(await lab.clocks.get()).toEqual({ clocks: { idp: {}, es: {}, second, wiki: {} } })
})

test('the account page says that the clock of the application stands', async () => {
  const { lab, at, agent } = await scene()
  await signIn({ lab, agent })
  expect((await agent.see()).text).toContain(`The clock of this application stands at ${at(0)}.`)
  await lab.clocks.set('app', {})
  expect((await agent.peek(lab.appUrl)).text).not.toContain('clock')
})

test('no cookie of ours ends at an instant, which a browser would hold against its own clock', async () => {
  const { lab } = await scene({ applications: [{ name: 'app' }], partners: [{ name: 'wiki' }] })
  const seen: string[] = []
  const sent = new Map<string, string>()
  async function follow(action: Action | undefined): Promise<ParsedPage> {
    if (action === undefined) throw new Error('there is no such control')
    const { url, method } = action
    const form = method === 'POST' && {
      'content-type': 'application/x-www-form-urlencoded',
      origin: new URL(url).origin,
    }
    const answer = await exchange({ ...action, headers: { cookie: [...sent.values()].join('; '), ...form } })
    for (const each of answer.setCookies) sent.set(each.split('=')[0] ?? '', each.split(';')[0] ?? '')
    seen.push(...answer.setCookies)
    const page = parsePage(answer.text, url)
    const next = answer.location === undefined ? page.automatic : get(new URL(answer.location, url).href)
    return next === undefined ? page : follow(next)
  }
  const get = (url: string): Action => ({ method: 'GET', url })
  await follow((await follow(get(lab.appUrl))).controls.get('alice'))
  await follow(get(`${lab.partnerUrls['wiki']}/login`))
  await follow((await follow(get(lab.idpUrl))).controls.get('Log out everywhere'))
  expect(new Set(seen.map((each) => each.split('=')[0]))).toEqual(
    new Set(['sloop_app', 'sloop_idp', 'sloop_idp_logout', 'sloop_wiki']),
  )
  expect(seen.some((each) => each.includes('Max-Age=0'))).toBe(true)
  expect(seen.filter((each) => /;\s*expires=/i.test(each))).toEqual([])
})
