import { SamlError } from '#saml/errors'
import type { Status } from '#saml/messages/status'
import type { TrustedSp } from '../directory/trusted-sp.ts'
import { checkStillValid } from '../directory/valid-metadata.ts'
import { letRelayStatePass } from '../inbox/relay-state.ts'
import { unpackQuery } from '../inbox/unpack.ts'
import { sendChanged, sendOut } from '../outbox/send-out.ts'
import type { IdpParts } from '../parts.ts'
import type { IdpSession } from '../sessions/idp-session.ts'
import { sessionCookieName } from '../sessions/session-cookie.ts'
import { type AcceptedAuthnRequest, acceptAuthnRequest } from '../sso/accept-authn-request.ts'
import { getAcsUrl } from '../sso/acs-url.ts'
import { logInAt } from '../sso/log-in-at.ts'
import { signIn } from '../sso/sign-in.ts'
import type { SsoTask } from '../sso/sso-task.ts'
import { whyUnmet } from '../sso/unmet.ts'
import { loginChange } from './login-change.ts'
import { type ParticipantState, participantState } from './session-state.ts'
import { NotThere, Refused, refusedBy } from './state-refusal.ts'

/** Who is to be logged in where. */
export interface SignInWish {
  /** Signs in anew … */
  readonly user?: string | undefined
  /** … or goes on with a session. */
  readonly session?: string | undefined
  /** The entity id of the service provider, unless an AuthnRequest names it. */
  readonly to?: string | undefined
  readonly inResponseTo?: string | null | undefined
  readonly relayState?: string | null | undefined
  /** The address or query to which an application sent its browser. */
  readonly authnRequest?: string | undefined
  /** What is wrong about its Response on purpose. */
  readonly change?: Readonly<Record<string, unknown>> | undefined
}

export interface SignedIn {
  readonly session: string
  readonly participant: ParticipantState
  /** What logs in at the service provider when it is posted there. */
  readonly form: { readonly action: string; readonly fields: Readonly<Record<string, string>> }
  /** For a browser that is to be signed in here. */
  readonly cookie: { readonly name: string; readonly value: string; readonly url: string }
}

/**
 * Logs somebody in at a service provider as a click would (`spec/contract.md` §2.2).
 * @throws NotThere, Refused; MintRefusal for a change that is unknown or that the Response cannot take. What was refused has logged nobody in.
 */
export async function signInWithoutBrowser(parts: IdpParts, wish: SignInWish): Promise<SignedIn> {
  const { config, serviceProviders, tolerations } = parts
  const { task, tolerated } = await taskOf(parts, wish).catch(asRefusal)
  const sp = serviceProviders.get(task.spEntityId)
  if (sp === undefined) throw noSuchServiceProvider(parts, task.spEntityId)
  refuseUnmet(task, { sp, idpEntityId: config.entityId })
  const change = await loginChange(parts, wish.change, { task, sp })
  const session = await sessionFor(parts, wish)
  const login = await logInAt(parts, { ...task, id: '' }, { session, sp })
  if (login === undefined) throw new NotThere('session', { actual: session.id, known: [] })
  await tolerations.record(task.spEntityId, tolerated)
  const { draft } = login
  const envelope = await (change === undefined ? sendOut(parts, draft, 'caller') : sendChanged(parts, draft, change))
  if (envelope.way !== 'post') throw new TypeError('a Response goes by POST')
  const { action, fields } = envelope.form
  const { origin, basePath } = config.endpoints
  return {
    session: session.id,
    participant: participantState(login.participant),
    form: { action, fields: Object.fromEntries(fields.map(({ name, value }) => [name, value])) },
    cookie: { name: sessionCookieName(basePath), value: session.id, url: `${origin}${basePath}/` },
  }
}

type Task = AcceptedAuthnRequest

async function taskOf(parts: IdpParts, wish: SignInWish): Promise<Task> {
  return wish.authnRequest === undefined ? ownTask(parts, wish) : askedTask(parts, wish.authnRequest)
}

/** A login that the IdP begins, as the portal does. */
function ownTask({ config, serviceProviders }: IdpParts, wish: SignInWish): Task {
  const { to = '', inResponseTo, relayState } = wish
  const sp = serviceProviders.find(to)
  if (sp === undefined) throw noSuchServiceProvider({ serviceProviders }, to)
  checkStillValid(sp, config.clock.now())
  const carried = relayState ?? undefined
  const tolerated = letRelayStatePass({ serviceProviders }, carried, { spEntityId: to, owner: 'the login' })
  const task = { spEntityId: to, signed: false, acsUrl: getAcsUrl(sp), relayState: carried, request: undefined }
  return { task: { ...task, inResponseTo: inResponseTo ?? undefined }, tolerated }
}

/** A login that an application asks for, judged as at `/sso`. */
function askedTask(parts: IdpParts, sent: string): Promise<Task> {
  const { 0: address = '' } = sent.split('#')
  const text = address.slice(address.indexOf('?') + 1)
  const raw = unpackQuery(parts, { what: 'AuthnRequest', text, at: parts.config.endpoints.ssoUrl })
  return acceptAuthnRequest(parts, raw)
}

function asRefusal(error: unknown): never {
  throw error instanceof SamlError ? refusedBy(error) : error
}

function refuseUnmet({ request }: Pick<SsoTask, 'request'>, parties: { sp: TrustedSp; idpEntityId: string }): void {
  const unmet = whyUnmet(request, parties)
  if (unmet !== undefined)
    throw new Refused('SAML_STATUS', unmet.message ?? 'this login cannot be made', { actual: codesOf(unmet) })
}

const codesOf = ({ codes }: Status): readonly string[] => codes

async function sessionFor(parts: IdpParts, { session: id, user: name = '' }: SignInWish): Promise<IdpSession> {
  const { sessions, users } = parts
  if (id === undefined) {
    const user = users.find(name)
    if (user === undefined) throw new NotThere('user', { actual: name, known: namesOf(parts), path: 'user' })
    return signIn(parts, user, undefined)
  }
  const session = await sessions.find(id)
  if (session === undefined) {
    const known = (await sessions.list()).map((each) => each.id)
    throw new NotThere('session', { actual: id, known, path: 'session' })
  }
  if (users.find(session.userName) !== undefined) return session
  throw new NotThere('user', { actual: session.userName, known: namesOf(parts), path: 'session' })
}

const namesOf = ({ users }: IdpParts): readonly string[] => users.list().map(({ name }) => name)

function noSuchServiceProvider({ serviceProviders }: Pick<IdpParts, 'serviceProviders'>, actual: string): NotThere {
  const known = serviceProviders.list().map(({ metadata }) => metadata.entityId)
  return new NotThere('service provider', { actual, known, path: 'to' })
}
