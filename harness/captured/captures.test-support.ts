import { httpCall } from '#server/http-call'
import type { Lab } from '../lab.ts'
import type { World } from '../world/world.ts'

/** What nobody may find in a scenario. */
export const canaries = ['cookie-canary', 'bearer-canary', 'password-canary', 'body-canary']
/** Of people and hosts. */
export const names = ['wilhelmina', 'Tell', 'blue-team', 'acme']

export const at = 'https://kibana.acme.test'
/** Another service provider of the same identity provider. */
export const elsewhere = 'https://wiki.acme.test'

/** A world with names that are to be replaced. */
export const acme: World = {
  entityId: 'https://login.acme.test/idp',
  users: [{ name: 'wilhelmina', email: 'wilhelmina@acme.test', displayName: 'Wilhelmina Tell', groups: ['blue-team'] }],
  realms: [at, elsewhere].map((entityId, index) => {
    return { name: `saml${index + 1}`, entityId, acs: `${entityId}/acs`, logout: `${entityId}/logout` }
  }),
}

type Change = Readonly<Record<string, unknown>>

interface HarRequest {
  readonly method: string
  readonly url: string
  readonly body?: string
}

/** A login and the logout behind it, of which the LogoutRequest is changed so, as a browser saw them. */
export async function captureLogout(lab: Lab, change: Change | undefined, to = at): Promise<HarRequest[]> {
  const { session, form } = await lab.idp.signIn({ user: 'wilhelmina', to })
  if (change !== undefined) await lab.faults.arm({ party: 'idp', on: 'LogoutRequest', change })
  const { url } = await lab.idp.logouts.start({ session })
  const { location = '' } = await httpCall({ method: 'GET', url })
  const body = new URLSearchParams({ ...form.fields, password: 'password-canary' }).toString()
  return [
    { method: 'POST', url: form.action, body },
    { method: 'GET', url: location },
  ]
}

/** As a browser writes it, with all that it should better not write. */
export function harOf(requests: readonly HarRequest[], startedDateTime: string): string {
  const secrets = [
    { name: 'Cookie', value: 'sid=cookie-canary' },
    { name: 'Authorization', value: 'Bearer bearer-canary' },
  ]
  const entries = requests.map(({ method, url, body }) => ({
    startedDateTime,
    request: { method, url, cookies: secrets, headers: secrets, ...(body && { postData: { text: body } }) },
    response: { status: 200, cookies: secrets, headers: secrets, content: { text: 'body-canary' } },
  }))
  return JSON.stringify({ log: { version: '1.2', entries } })
}

/** A text and all that is encoded in it, however deep. */
export function decodedTexts(text: string, inflate: (base64: string) => string | undefined): string {
  const encoded = [...text.matchAll(/[A-Za-z0-9+/%]{40,}={0,2}/g)].map(([found]) => decodeURIComponent(found))
  return [text, ...encoded.map((found) => inflate(found) ?? '')].join('\n')
}
