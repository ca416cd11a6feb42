import { expect } from 'vitest'
import { generateCredential } from '#saml/credentials'
import { parseLogoutRequest } from '#saml/messages/logout-request'
import { parseLogoutResponse } from '#saml/messages/logout-response'
import { BINDING, STATUS } from '#saml/names'
import { trustCertificate } from '#saml/signature/trusted-key'
import { settableClock } from '#server/clock'
import { createIdpApp } from '../app.ts'
import { type Browser, createBrowser, type SeenPage } from '../browser.test-support.ts'
import { resolveIdpConfig } from '../config.ts'
import type { LogoutBehaviour } from '../manner.ts'
import { type IdpParts, makeIdpParts } from '../parts.ts'
import { idpOrigin, makeSp, noon, readSent, readSentForm, type TestSp } from '../sp.test-support.ts'
import { type LoggedIn, logIn, openRun } from '../world.test-support.ts'
import type { CalledParticipants } from './called-participants.test-support.ts'

const [credential, ...serviceProviders] = await Promise.all([
  generateCredential('idp', noon),
  ...['orders', 'reports', 'mail', 'wiki'].map((name) => makeSp(name)),
])
const key = trustCertificate(credential.certificate)

/** Whom every story has. */
export const sps: readonly TestSp[] = serviceProviders

export interface Given {
  readonly ways: readonly ('redirect' | 'post' | 'soap' | 'none')[]
  readonly logout: LogoutBehaviour
}

/** A LogoutRequest that a participant was sent. */
export interface Asked {
  readonly sp: TestSp
  readonly request: ReturnType<typeof parseLogoutRequest>
}

/** One IdP session over four service providers, what was sent and said in it, and what must always be so. */
export class Story {
  readonly given: Given
  readonly calls: CalledParticipants
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

  constructor(given: Given, calls: CalledParticipants) {
    this.given = given
    this.calls = calls
    const serviceProviders = sps.map((sp, index) => ({
      metadata: { ...sp.metadata, singleLogoutServices: this.#servicesOf(sp, given.ways[index] ?? 'none') },
      name: sp.name,
    }))
    const options = { baseUrl: idpOrigin, credential, serviceProviders, clock: this.#clock, logout: given.logout }
    this.#parts = makeIdpParts(resolveIdpConfig(options))
    const app = createIdpApp(this.#parts)
    this.browser = createBrowser(async (request, env) => app.fetch(request, env), idpOrigin)
  }

  #servicesOf({ name, sloUrl }: TestSp, way: Given['ways'][number]) {
    if (way === 'none') return []
    return [{ binding: BINDING[way], location: way === 'soap' ? this.calls.addressOf(name) : sloUrl }]
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
    expect(this.calls.missed).toBe(false)
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

function sentBy(page: SeenPage) {
  if (page.location !== '') return readSent(page.location, key)
  const form = page.forms.find(({ fields }) => 'SAMLRequest' in fields || 'SAMLResponse' in fields)
  return form === undefined ? undefined : readSentForm(form, key)
}
