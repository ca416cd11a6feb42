import { httpCall } from '#server/http-call'
import type { Lab } from '../lab.ts'
import type { World } from '../world/world.ts'
import type { Answer, Line, ShownBug } from './bug.ts'
import { callOf } from './delivery.test-support.ts'

/** An application of somebody else: all that a line needs who names no world. */
export const usualWorld: World = {
  realms: [
    {
      name: 'saml1',
      entityId: 'urn:my-app',
      acs: 'http://localhost:3000/saml/acs',
      logout: 'http://localhost:3000/saml/slo',
    },
  ],
}

const to = 'urn:my-app'

/** What Elasticsearch answered. */
export interface Answered {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
}

/** Does what a line says, with alice logged in before, and asks Elasticsearch what the answer is to. */
export async function runLine(lab: Lab, { line: written, elasticsearch }: ShownBug): Promise<Answered> {
  if (typeof elasticsearch === 'string') throw new TypeError('Elasticsearch is not asked')
  const login = await logIn(lab)
  const line = filledIn(written, { lab, login })
  await performSteps(lab, line)
  if (line.mint !== undefined) return deliverMinted(lab, { login, mint: line.mint, call: elasticsearch.call })
  return logOut(lab, login, elasticsearch.call)
}

interface Login {
  readonly session: string
  readonly sessionIndex: string
  readonly tokens: { readonly token: unknown; readonly refresh_token: unknown }
}

async function logIn(lab: Lab): Promise<Login> {
  const { session, participant, form } = await lab.idp.signIn({ user: 'alice', to })
  const { body } = await ask(lab, 'authenticate', { realm: 'saml1', ids: [], content: form.fields['SAMLResponse'] })
  const { access_token: token, refresh_token } = body
  return { session, sessionIndex: participant.sessionIndex ?? '', tokens: { token, refresh_token } }
}

/** A line with what its names stand for. */
function filledIn(line: Line, { lab, login }: { lab: Lab; login: Login }): Line {
  const values = { $SESSION_INDEX: login.sessionIndex, $SESSION: login.session, $IDP: lab.idpUrl, $TO: to }
  const text = Object.entries(values).reduce(
    (json, [name, value]) => json.replaceAll(name, value),
    JSON.stringify(line),
  )
  return JSON.parse(text)
}

/** One a key of a line, in its order; a partner comes here when a row has more to say of it. */
async function performSteps(lab: Lab, line: Line): Promise<void> {
  const { signIn, endSession, rotateKey, changeBehaviour, removeServiceProvider, setClock, startLogout, armFault } =
    line
  if (signIn !== undefined) await logIn(lab)
  if (endSession !== undefined) await lab.idp.sessions.end(endSession.id)
  if (rotateKey !== undefined) await lab.idp.keys.rotate(rotateKey)
  if (changeBehaviour !== undefined) await lab.idp.behaviour.change(changeBehaviour)
  if (removeServiceProvider !== undefined) await lab.idp.serviceProviders.remove(removeServiceProvider.entityId)
  if (armFault !== undefined) await lab.faults.arm(armFault)
  if (setClock !== undefined) await lab.clocks.set(setClock.party, { shiftMs: setClock.shiftMs })
  if (startLogout !== undefined) await lab.idp.logouts.start({ ...startLogout, to: [...(startLogout.to ?? [])] })
}

interface Minted {
  readonly login: Login
  readonly mint: NonNullable<Line['mint']>
  readonly call: Answer['call']
}

async function deliverMinted(lab: Lab, { login, mint, call }: Minted): Promise<Answered> {
  if (mint.kind !== 'LogoutResponse') {
    const minted = await lab.idp.mint({ ...mint, to, session: login.session })
    return ask(lab, call, callOf(minted, call))
  }
  const { id } = (await ask(lab, 'logout', login.tokens)).body
  const minted = await lab.idp.mint({ ...mint, to, inResponseTo: String(id) })
  return ask(lab, call, { ...callOf(minted, call), ids: [id] })
}

/** The application logs out, and what the IdP then sends through the browser is asked about. */
async function logOut(lab: Lab, { tokens }: Login, call: Answer['call']): Promise<Answered> {
  if (call === '_authenticate') return authenticated(lab, String(tokens.token))
  const started = await ask(lab, 'logout', tokens)
  if (call === 'logout') return started
  const { location = '' } = await httpCall({ method: 'GET', url: String(started.body['redirect']) })
  const query_string = location.slice(location.indexOf('?') + 1)
  const ids = call === 'complete_logout' ? { ids: [started.body['id']] } : {}
  return ask(lab, call, { realm: 'saml1', query_string, ...ids })
}

async function ask(lab: Lab, call: Answer['call'], content: object): Promise<Answered> {
  const { username, password } = lab.serviceUser
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
  const headers = { authorization, 'content-type': 'application/json' }
  const url = `${lab.esUrl}/_security/saml/${call}`
  return answered(await httpCall({ method: 'POST', url, body: JSON.stringify(content) }, { headers }))
}

async function authenticated(lab: Lab, token: string): Promise<Answered> {
  const headers = { authorization: `Bearer ${token}` }
  return answered(await httpCall({ method: 'GET', url: `${lab.esUrl}/_security/_authenticate` }, { headers }))
}

const answered = ({ status, octets }: { status: number; octets: Buffer }): Answered => {
  return { status, body: JSON.parse(octets.toString()) }
}
