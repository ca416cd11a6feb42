import { expect, onTestFinished, test, vi } from 'vitest'
import { type HttpAnswer, httpCall } from '#server/http-call'
import { type Lab, startLab } from '../lab.ts'
import { type FaultLine, isShown } from './bug.ts'
import { bugs } from './bugs.ts'
import { usualWorld } from './run-line.test-support.ts'

/** The lines of docs/bugs.md that arm a fault: that it is taken, and acts on the message that it is about. */

const armed = bugs.filter(isShown).filter(({ line }) => line.armFault !== undefined)
const form = { 'content-type': 'application/x-www-form-urlencoded' }

const ask = (lab: Lab, call: string, content: object) => {
  const { username, password } = lab.serviceUser
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
  const headers = { authorization, 'content-type': 'application/json' }
  const url = `${lab.esUrl}/_security/saml/${call}`
  return httpCall({ method: 'POST', url, body: JSON.stringify(content) }, { headers })
}

const open = (url: string): Promise<HttpAnswer> => httpCall({ method: 'GET', url }, { timeoutMs: 30_000 })

/** Has each party write what it writes in a logout of alice, who is at the application and at the partner. */
async function logOut(lab: Lab, { party, on }: FaultLine): Promise<unknown> {
  const to = lab.partnerUrls['partner'] ?? ''
  const login = await lab.idp.signIn({ user: 'alice', to: party === 'partner' ? to : 'urn:my-app' })
  if (party === 'idp' && on === 'LogoutRequest') return open((await lab.idp.logouts.start({ user: 'alice' })).url)
  const fields = new URLSearchParams(login.form.fields).toString()
  if (party === 'idp') {
    const content = login.form.fields['SAMLResponse']
    const { octets } = await ask(lab, 'authenticate', { realm: 'saml1', ids: [], content })
    const { access_token: token, refresh_token } = JSON.parse(octets.toString())
    const left = await ask(lab, 'logout', { token, refresh_token })
    return open(JSON.parse(left.octets.toString()).redirect)
  }
  const signedIn = await fetchAt(to, '/saml/acs', { headers: form, body: fields })
  if (on === 'LogoutResponse') {
    const { location } = await open((await lab.idp.logouts.start({ user: 'alice' })).url)
    return open(location ?? '')
  }
  const cookie = signedIn.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ')
  return fetchAt(to, '/logout', { headers: { ...form, cookie, origin: to }, body: '' })
}

/** Node knows no `*.localhost`; who is meant stands in `Host`. */
async function fetchAt(url: string, path: string, init: { headers: Record<string, string>; body: string }) {
  const { request } = await import('node:http')
  const { host, port } = new URL(url)
  return new Promise<{ headers: { getSetCookie(): string[] } }>((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path, method: 'POST', headers: { ...init.headers, host } }
    request(options, (answer) => {
      answer.resume()
      resolve({ headers: { getSetCookie: () => answer.headers['set-cookie'] ?? [] } })
    })
      .once('error', reject)
      .end(init.body)
  })
}

test.each(armed.map(({ id, line }) => [id, line] as const))(
  '%s: its fault acts on the message that it is about',
  async (_id, line) => {
    const lab = await startLab({ ...usualWorld, ...line.world, partners: [{ name: 'partner' }] })
    onTestFinished(() => lab.close())
    const wanted: FaultLine = JSON.parse(
      JSON.stringify(line.armFault).replaceAll('$IDP', lab.idpUrl).replaceAll('$TO', 'urn:my-app'),
    )
    if (line.changeBehaviour !== undefined) await lab.idp.behaviour.change(line.changeBehaviour)
    await lab.faults.arm(wanted)
    // One that is late is late for ten seconds, and closing the lab ends that.
    const going = logOut(lab, wanted).catch((error: unknown) => error)
    await vi.waitFor(async () => {
      const { faults } = await lab.faults.list()
      expect(faults).toMatchObject([{ fired: 1, ...wanted }])
    }, 10_000)
    if (JSON.stringify(wanted).includes('delayMs')) return
    await going
  },
)
