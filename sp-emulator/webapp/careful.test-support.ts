import { cookieOf, startTestApp, type TestApp } from './test-app.test-support.ts'
import type { WebAppOptions } from './web-app-options.ts'

export const logoutPath = '/api/security/logout'

/** An application of the careful profile. */
export const startCarefulApp = (options: Partial<WebAppOptions> = {}): Promise<TestApp> =>
  startTestApp({ profile: 'careful', ...options })

/** Logs out as the user does, by the form of a page; answers the cookie that remembers the LogoutRequest. */
export async function leave(app: TestApp, cookie: string): Promise<string> {
  return cookieOf(await app.postForm(logoutPath, {}, { cookie }))
}

/** What a request brought about, seen from outside: an expectation that names all of it shows that nothing else happened. */
interface Effects {
  readonly status: number
  readonly location: string | null
  readonly setCookie: string | null
  /** The calls that reached Elasticsearch. */
  readonly asked: readonly string[]
  /** The codes of the lines that were logged. */
  readonly codes: readonly unknown[]
  readonly isStillSignedIn: boolean
}

/** Sends a request beside a session, and tells what came of it. */
export async function effectsOf(app: TestApp, cookie: string, send: () => Promise<Response>): Promise<Effects> {
  const [callsBefore, linesBefore] = [app.elasticsearch.calls.length, app.logged.length]
  const { status, headers } = await send()
  const asked = app.elasticsearch.calls.slice(callsBefore).map(({ call }) => call)
  const codes = app.logged.slice(linesBefore).map(({ code }) => code)
  const me = await app.visit('/internal/security/me', { cookie })
  return {
    status,
    location: headers.get('location'),
    setCookie: headers.get('set-cookie'),
    asked,
    codes,
    isStillSignedIn: me.status === 200,
  }
}

/** NO-EFFECT (security §1): nothing was consumed, nobody was told, and one line says why. */
export function noEffect(status: number, code: string, asked: readonly string[] = []): Effects {
  return { status, location: null, setCookie: null, asked, codes: [code], isStillSignedIn: true }
}
