import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readSoap, writeSoap } from '#saml/bindings/soap'
import { generateCredential } from '#saml/credentials'
import { parseLogoutRequest } from '#saml/messages/logout-request'
import { parseLogoutResponse, writeLogoutResponse } from '#saml/messages/logout-response'
import { BINDING, STATUS } from '#saml/names'
import { readMessage } from '#saml/schema/message'
import { signEnveloped } from '#saml/signature/enveloped-signature'
import { trustCertificate } from '#saml/signature/trusted-key'
import { settableClock } from '#server/clock'
import { type Listener, listen } from '#server/serve'
import { createIdpApp } from '../app.ts'
import { type Browser, createBrowser, type SeenPage } from '../browser.test-support.ts'
import { resolveIdpConfig } from '../config.ts'
import type { LogoutBehaviour } from '../manner.ts'
import { type IdpParts, makeIdpParts } from '../parts.ts'
import { idpOrigin, makeSp, noon, readSent, readSentForm, type TestSp } from '../sp.test-support.ts'
import { type LoggedIn, logIn, openRun } from '../world.test-support.ts'

const [credential, ...sps] = await Promise.all([
  generateCredential('idp', noon),
  ...['orders', 'reports', 'mail', 'wiki'].map((name) => makeSp(name)),
])
const key = trustCertificate(credential.certificate)
const refusal = { codes: [STATUS.responder] }

interface Given {
  readonly ways: readonly ('redirect' | 'post' | 'soap' | 'none')[]
  readonly logout: LogoutBehaviour
}

/** A LogoutRequest that a participant was sent. */
interface Asked {
  readonly sp: TestSp
  readonly request: ReturnType<typeof parseLogoutRequest>
}

let soap: Listener
/** What the participants that are called answer at the moment. */
let answersCalls: 'yes' | 'no' | 'not at all' = 'yes'
/** Whether a participant that was called did not confirm. */
let missedCall = false

beforeAll(async () => {
  soap = await listen({ host: '127.0.0.1', port: 0 })
  soap.mount(async (request) => {
    const sp = sps.find(({ name }) => request.url.endsWith(`/${name}`))
    if (answersCalls !== 'yes') missedCall = true
    if (sp === undefined || answersCalls === 'not at all') return new Response('', { status: 503 })
    const asked = parseLogoutRequest(readMessage(readSoap(Buffer.from(await request.text()))))
    const status = answersCalls === 'yes' ? {} : { status: refusal }
    const answer = { ...sp.answerTo(asked, status), destination: undefined }
    return new Response(writeSoap(await signEnveloped(writeLogoutResponse(answer), answer.id, sp.credential)))
  })
})
afterAll(() => soap.close())

/** One IdP session over four service providers, what was sent and said in it, and what must always be so. */
class Story {
  readonly given: Given
  readonly browser: Browser
  readonly asked: Asked[] = []
  /** Participants whose confirmation reached the IdP, by the ID of the request. */
  readonly confirmed = new Set<string>()
  /** Statuses that requesters were told, by the ID of their LogoutRequest. */
  readonly told = new Map<string, readonly string[][]>()
  readonly requests: string[] = []
  logins: readonly LoggedIn[] = []
  readonly #parts: IdpParts
  readonly #clock = settableClock(noon)
  #hasLongPassed = false

  constructor(given: Given) {
    this.given = given
    const serviceProviders = sps.map((sp, index) => ({
      metadata: { ...sp.metadata, singleLogoutServices: servicesOf(sp, given.ways[index] ?? 'none') },
      name: sp.name,
    }))
    const options = { baseUrl: idpOrigin, credential, serviceProviders, clock: this.#clock, logout: given.logout }
    this.#parts = makeIdpParts(resolveIdpConfig(options))
    const app = createIdpApp(this.#parts)
    this.browser = createBrowser(async (request, env) => app.fetch(request, env), idpOrigin)
  }

  async signIn(): Promise<void> {
    const logins: LoggedIn[] = []
    for (const sp of sps) logins.push(await logIn(this.browser, sp))
    this.logins = logins
  }

  advance(ms: number): void {
    this.#clock.advance(ms)
  }

  async goOn(): Promise<void> {
    this.#hasLongPassed = false
    const page = await openRun(this.browser)
    if (page.title === 'Logging out') this.arrive(await this.browser.press(page, 'Continue'))
  }

  /** Longer than a run may take. Twice is longer than one is remembered at which people only look: somebody goes on in between, or the requester would never be told. */
  async letLongPass(): Promise<void> {
    if (this.#hasLongPassed) await this.goOn()
    this.advance(700_000)
    this.arrive(await openRun(this.browser))
    this.#hasLongPassed = true
  }

  /** Reads where the browser was led. */
  arrive(page: SeenPage): void {
    const { kind, root, address } = sentBy(page) ?? {}
    if (root === undefined) this.#judgePage(page)
    if (root === undefined) return
    const sp = sps.find((each) => address?.startsWith(each.sloUrl))
    if (kind === 'SAMLRequest' && sp !== undefined) this.asked.push({ sp, request: parseLogoutRequest(root) })
    if (kind !== 'SAMLResponse') return
    const { inResponseTo = '', status } = parseLogoutResponse(root)
    this.told.set(inResponseTo, [...(this.told.get(inResponseTo) ?? []), [...status.codes]])
    if (status.codes.length === 1 && status.codes[0] === STATUS.success) this.#expectAllConfirmed()
  }

  #judgePage({ text, status }: SeenPage): void {
    expect(status).toBeLessThan(500)
    for (const { name } of sps) {
      if (new RegExp(`${name} says Success asked by (Redirect|POST)`).test(text))
        expect(this.#hasConfirmed(name)).toBe(true)
    }
    if (text.includes('Every service provider confirmed the logout.')) this.#expectAllConfirmed()
  }

  #hasConfirmed(name: string): boolean {
    return this.asked.some(({ sp, request }) => sp.name === name && this.confirmed.has(request.id))
  }

  /** Never complete while somebody did not confirm. */
  #expectAllConfirmed(): void {
    const open = this.asked.filter(({ request }) => !this.confirmed.has(request.id))
    expect(open.map(({ sp }) => sp.name)).toEqual([])
    expect(missedCall).toBe(false)
  }

  expectOneAnswerEach(): void {
    for (const [id, statuses] of this.told) {
      expect(this.requests).toContain(id)
      expect(statuses).toHaveLength(1)
    }
  }

  /** Goes on until nothing is left to do, and lets time pass over it. */
  async end(): Promise<void> {
    for (let step = 0; step < 30; step += 1) {
      const page = await openRun(this.browser)
      if (page.title !== 'Logging out') break
      for (const frame of page.html.matchAll(/<iframe src="([^"]+)"/g)) {
        this.arrive(await this.browser.open((frame[1] ?? '').replaceAll('&amp;', '&')))
      }
      this.arrive(await this.browser.press(await openRun(this.browser), 'Continue'))
      this.advance(1_000)
    }
    expect((await openRun(this.browser)).title).not.toBe('Logging out')
    for (const id of this.requests) expect(this.told.get(id)).toHaveLength(1)
    const isKept = this.given.logout.session === 'keep'
    expect((await this.#parts.sessions.list()).length).toBe(
      isKept || !this.browser.cookies.has('sloop_idp_logout') ? 1 : 0,
    )
    this.advance(1_200_000)
    for (const { request } of this.asked) {
      expect(await this.#parts.logoutRuns.findByRequestId(request.id)).toBeUndefined()
    }
  }
}

function servicesOf({ name, sloUrl }: TestSp, way: Given['ways'][number]) {
  if (way === 'none') return []
  const location = way === 'soap' ? `${soap.origin('127.0.0.1')}/${name}` : sloUrl
  return [{ binding: BINDING[way], location }]
}

function sentBy(page: SeenPage) {
  if (page.location !== '') return readSent(page.location, key)
  const form = page.forms.find(({ fields }) => 'SAMLRequest' in fields || 'SAMLResponse' in fields)
  return form === undefined ? undefined : readSentForm(form, key)
}

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
    step(`calls are answered ${how}`, async () => {
      answersCalls = how
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
      answersCalls = 'yes'
      missedCall = false
      const story = new Story(world)
      await story.signIn()
      await fc.asyncModelRun(() => ({ model: {}, real: story }), commands)
      await story.end()
    }),
    { numRuns: 60 },
  )
})
