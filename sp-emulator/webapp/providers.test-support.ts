import type { RecordedCall } from './fake-elasticsearch.test-support.ts'
import { refusal } from './fake-elasticsearch.test-support.ts'
import type { ProviderOptions } from './providers/provider.ts'
import { loginOf, startTestApp, type TestApp, whoIs } from './test-app.test-support.ts'
import type { WebAppOptions } from './web-app-options.ts'

/** Two IdPs, one of which may name the page to open, and passwords. */
const providers: readonly ProviderOptions[] = [
  { type: 'saml', name: 'first', realm: 'saml1' },
  { type: 'saml', name: 'second', realm: 'saml2', useRelayStateDeepLink: true },
  { type: 'basic', name: 'basic1' },
]

/** An application with several providers, where users choose. Only `acceptingRealm` takes Responses. */
export async function startSelectorApp(options: Partial<WebAppOptions> = {}): Promise<TestApp> {
  const app = await startTestApp({ providers, ...options })
  acceptOnly(app, 'saml1')
  return app
}

/** From now on this realm alone takes Responses, for Alice. */
export function acceptOnly(app: TestApp, realm: string): void {
  app.elasticsearch.reply('POST /_security/saml/authenticate', (call) =>
    realmOf(call) === realm
      ? { body: loginOf('alice', `alice-${realm}`, realm) }
      : refusal(401, `not for ${realmOf(call)}`),
  )
}

/** The realm that a call names. */
export function realmOf({ body }: RecordedCall): unknown {
  return typeof body === 'object' && body !== null && 'realm' in body ? body.realm : undefined
}

/** Elasticsearch takes this password, and tokens as before. */
export function acceptPassword(app: TestApp, username: string, password: string): void {
  const expected = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
  app.elasticsearch.reply('GET /_security/_authenticate', ({ authorization }) =>
    authorization === expected || authorization?.startsWith('Bearer ') === true
      ? { body: whoIs(username) }
      : refusal(401, 'unable to authenticate user'),
  )
}

/** Logs in with a password through the page's own form. */
export function postPassword(
  app: TestApp,
  fields: { password: string; next?: string; cookie?: string },
): Promise<Response> {
  const { password, next = '/', cookie } = fields
  const currentURL = `/login?next=${encodeURIComponent(next)}`
  const form = { providerType: 'basic', providerName: 'basic1', currentURL, username: 'alice', password }
  return app.postForm('/internal/security/login', form, cookie === undefined ? {} : { cookie })
}
