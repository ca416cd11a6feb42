import { generateCredential } from '#saml/credentials'
import { type Assertion, parseAssertion } from '#saml/messages/assertion'
import { parseResponse, type ReceivedResponse } from '#saml/messages/response'
import { readMessage } from '#saml/schema/message'
import { trustCertificate } from '#saml/signature/trusted-key'
import { settableClock } from '#server/clock'
import { createJournal } from '#server/journal/journal'
import type { KeptSeen } from '#server/journal/seen'
import type { Log } from '#server/logging'
import { makeLasting } from '../core/saml/lent-keys.test-support.ts'
import { type Browser, createBrowser, findButton, type SeenPage } from './browser.test-support.ts'
import type { IdpOptions } from './config.ts'
import { createIdp } from './create-idp.ts'
import { idpOrigin, makeSp, noon, type TestSp } from './sp.test-support.ts'

export interface LogLine {
  readonly level: 'info' | 'warn' | 'error'
  readonly facts: Readonly<Record<string, unknown>>
  readonly message: string
}

// Making keys takes longer than everything else a test does, so it is done once and not on the time of the first test.
const [credential, orders, reports, stranger] = await makeLasting(() =>
  Promise.all([generateCredential('idp', noon), makeSp('orders'), makeSp('reports'), makeSp('stranger')]),
)

/** An IdP at noon with two service providers, `orders` and `reports`, a stranger it does not know, and a browser. */
export async function makeWorld(given: Partial<IdpOptions> = {}) {
  const clock = settableClock(noon)
  const log: LogLine[] = []
  const serviceProviders = [orders, reports].map(({ metadata, name }) => ({ metadata, name }))
  const journal = createJournal()
  const seen = { journal: journal.of('idp', clock), log: recorder(log) }
  const idp = createIdp({ baseUrl: idpOrigin, credential, serviceProviders, clock, ...seen, ...given })
  const newBrowser = () => createBrowser(idp.fetch, idpOrigin)
  const key = trustCertificate(credential.certificate)
  return { idp, credential, key, orders, reports, stranger, clock, log, journal, newBrowser, browser: newBrowser() }
}

export type World = Awaited<ReturnType<typeof makeWorld>>

/** What the journal says of the messages that were refused. */
export function refusedIn({ journal }: Pick<World, 'journal'>): readonly KeptSeen[] {
  return journal.since().filter(({ accepted }) => accepted === false)
}

function recorder(lines: LogLine[]): Log {
  const write = (level: LogLine['level']) => (facts: object, message: string) => {
    lines.push({ level, facts: { ...facts }, message })
  }
  return { info: write('info'), warn: write('warn'), error: write('error') }
}

/** Logs `user` in at a service provider and answers what it was told. */
export async function logIn(browser: Browser, sp: TestSp, { user = 'alice' } = {}): Promise<LoggedIn> {
  const asked = await browser.open(await sp.redirect(sp.authnRequest(), { signWith: 'nobody' }))
  const page = asked.title === 'Sign in' ? await browser.press(asked, user) : asked
  return readLogin(page)
}

export interface LoggedIn {
  readonly response: ReceivedResponse
  readonly assertion: Assertion
  readonly nameId: NonNullable<NonNullable<Assertion['subject']>['nameId']>
  readonly sessionIndex: string
}

/** The document in the form that goes to the service provider. */
export function sentDocument(page: SeenPage): string {
  return Buffer.from(findButton(page, 'Continue').form.fields['SAMLResponse'] ?? '', 'base64').toString()
}

export function readLogin(page: SeenPage): LoggedIn {
  const response = parseResponse(readMessage(sentDocument(page)))
  const [element] = response.assertionElements
  if (element === undefined) throw new Error(`nobody was logged in: ${JSON.stringify(response.status)}`)
  const assertion = parseAssertion(element)
  const nameId = assertion.subject?.nameId
  const sessionIndex = assertion.authnStatements[0]?.sessionIndex
  if (nameId === undefined || sessionIndex === undefined) throw new Error('a login has a NameID and a SessionIndex')
  return { response, assertion, nameId, sessionIndex }
}

/** Who the portal says is signed in. */
export async function whoIsSignedIn(browser: Browser): Promise<string | undefined> {
  const { text } = await browser.open('/')
  return /Signed in as (\w+)/.exec(text)?.[1]
}

/** The page of the logout that this browser is in. */
export async function openRun(browser: Browser): Promise<SeenPage> {
  return browser.open(`/logout?run=${browser.cookies.get('sloop_idp_logout')}`)
}
