import { createHttpBrowser } from '../../scenarios/drivers/http-browser.ts'
import type { Processes } from './processes.ts'

/** Somebody with a browser and a session. */
export interface Person {
  logIn(): Promise<void>
  logOut(): Promise<void>
}

/** Signs in as alice at the application, by its pages, and logs out there. */
export function createPerson({ app }: Processes['urls']): Person {
  const browser = createHttpBrowser()
  const see = async (url: string, press: string | undefined, expected: string) => {
    const tab = await browser.tab('first')
    await tab.open(url)
    if (press !== undefined) await tab.press(press)
    const { text } = await tab.see()
    if (!text.includes(expected)) throw new Error(`expected a page with [${expected}], found [${text.slice(0, 300)}]`)
  }
  return {
    logIn: () => see(app, 'alice', 'Log out'),
    logOut: () => see(`${app}/logout`, undefined, 'logged out'),
  }
}

const authorization = `Basic ${Buffer.from('elastic:changeme').toString('base64')}`

interface Tokens {
  readonly access_token: string
  readonly refresh_token: string
}

/** A pair of tokens by the calls of an application of somebody else's, without pages. */
export async function signInByCalls({ idp, es, app }: Processes['urls']): Promise<Tokens> {
  const body = { user: 'alice', to: app, inResponseTo: null }
  // Node looks names below localhost up, and finds none.
  const here = idp.replace('idp.localhost', 'localhost')
  const { form } = (await call(`${here}/_sloop/idp/sessions`, body)) as { form: { fields: { SAMLResponse: string } } }
  const content = form.fields.SAMLResponse
  return (await call(`${es}/_security/saml/authenticate`, { content, ids: [], realm: 'saml1' })) as Tokens
}

/** The query of a LogoutRequest that ends a login of its own, which is there. */
export async function logoutQuery(urls: Processes['urls']): Promise<string> {
  const { idp, es, app } = urls
  const here = idp.replace('idp.localhost', 'localhost')
  const signedIn = await call(`${here}/_sloop/idp/sessions`, { user: 'alice', to: app, inResponseTo: null })
  const { session, form } = signedIn as { session: string; form: { fields: { SAMLResponse: string } } }
  const content = form.fields.SAMLResponse
  await call(`${es}/_security/saml/authenticate`, { content, ids: [], realm: 'saml1' })
  const { url } = (await call(`${here}/_sloop/idp/messages`, { kind: 'LogoutRequest', to: app, session })) as {
    url: string
  }
  return new URL(url).search.slice(1)
}

export async function invalidate({ es }: Processes['urls'], query_string: string): Promise<void> {
  const { invalidated } = (await call(`${es}/_security/saml/invalidate`, { query_string, realm: 'saml1' })) as {
    invalidated: number
  }
  if (invalidated !== 1) throw new Error(`${invalidated} pairs were ended, expected 1`)
}

export async function refresh({ es }: Processes['urls'], { refresh_token }: Tokens): Promise<void> {
  await call(`${es}/_security/oauth2/token`, { grant_type: 'refresh_token', refresh_token })
}

async function call(url: string, body: unknown): Promise<unknown> {
  const headers = { 'content-type': 'application/json', authorization }
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`)
  return answer.json()
}
