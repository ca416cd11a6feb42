import { httpCall } from '#server/http-call'
import type { Control } from '../control/labs-of.ts'
import { decodedDocument, rootNameOf } from '../explain/document-in.ts'
import { type CallAnswer, callElasticsearch } from './call-elasticsearch.ts'
import type {
  CapturedMessage,
  MessageAnswer,
  MessageStep,
  ReplayStep,
  SignInStep,
  SignOutStep,
} from './message-step.ts'

/** A world that runs, as far as messages are told in it. */
export interface MessageWorld extends Pick<Control, 'idp' | 'es' | 'faults' | 'clocks' | 'journal' | 'world'> {
  readonly esUrl: string
}

/** Takes the steps of one story. */
export interface MessageTeller {
  /** @throws Error in one sentence when the step cannot be taken, such as a logout of somebody who is not signed in */
  take(step: MessageStep): Promise<MessageAnswer>
}

interface Login {
  readonly session: string
  readonly accessToken: string
  readonly refreshToken: string
}

/** What an application does in a step, told without one: it brings what the IdP wrote to Elasticsearch, by its API. */
export function createMessageTeller(world: MessageWorld): MessageTeller {
  const logins = new Map<string, Login>()
  const call = (api: string, given: object) => callElasticsearch(world.esUrl, api, given)
  const keyOf = ({ user, at }: { readonly user: string; readonly at: string }) => JSON.stringify([user, at])

  async function realmAt(entityId: string): Promise<string> {
    const { realms } = await world.world()
    const found = realms.find((realm) => realm.entityId === entityId)
    if (found !== undefined) return found.name
    const known = realms.map((realm) => realm.entityId).join(', ')
    throw new Error(`no realm has the entity id [${entityId}], there is ${known}`)
  }

  async function signIn({ user, at, change }: SignInStep): Promise<MessageAnswer> {
    const realm = await realmAt(at)
    const { session, form } = await world.idp.signIn({ user, to: at, ...(change && { change }) })
    return judged('Response', async () => {
      const answer = await call('authenticate', { realm, ids: [], content: form.fields['SAMLResponse'] ?? '' })
      const { access_token: accessToken, refresh_token: refreshToken } = answer.body
      const tokens = { accessToken: String(accessToken), refreshToken: String(refreshToken) }
      if (answer.status === 200) logins.set(keyOf({ user, at }), { session, ...tokens })
      return answer
    })
  }

  async function signOut(step: SignOutStep): Promise<MessageAnswer> {
    const { user, at, by, change } = step
    const login = logins.get(keyOf(step))
    if (login === undefined) throw new Error(`[${user}] is not signed in at [${at}], and cannot be signed out there`)
    const realm = await realmAt(at)
    const on = by === 'idp' ? 'LogoutRequest' : 'LogoutResponse'
    if (change !== undefined) await world.faults.arm({ party: 'idp', on, to: at, change })
    return by === 'idp' ? askedByIdp(login, realm) : askedByApplication(login, realm)
  }

  async function askedByIdp({ session }: Login, realm: string): Promise<MessageAnswer> {
    const { url } = await world.idp.logouts.start({ session })
    const queryString = await queryBehind(url)
    return judged('LogoutRequest', async () => {
      const answer = await call('invalidate', { realm, query_string: queryString })
      const { redirect } = answer.body
      if (typeof redirect === 'string') await httpCall({ method: 'GET', url: redirect })
      return answer
    })
  }

  async function askedByApplication({ accessToken, refreshToken }: Login, realm: string): Promise<MessageAnswer> {
    const { body } = await call('logout', { token: accessToken, refresh_token: refreshToken })
    const queryString = await queryBehind(String(body['redirect']))
    return judged('LogoutResponse', () =>
      call('complete_logout', { realm, ids: [body['id']], query_string: queryString }),
    )
  }

  async function replay(step: ReplayStep): Promise<MessageAnswer> {
    await world.clocks.set('es', { frozenAt: step.at })
    try {
      return await bring(step)
    } finally {
      await world.clocks.set('es', {})
    }
  }

  /** What came alone cannot be brought to an API, and is judged. */
  async function bring({ realm, message, inResponseTo = [] }: ReplayStep): Promise<MessageAnswer> {
    if ('document' in message) {
      const { kind, refusal } = await world.es.explain({ ...message, realm, inResponseTo: [...inResponseTo] })
      return { what: kind ?? 'message', refusal }
    }
    const { what, api, given } = callFor(message, inResponseTo)
    return judged(what, () => call(api, { realm, ...given }))
  }

  /** The code of a refusal is nowhere but in the journal: a node keeps it to its log. */
  async function judged(what: string, bringIt: () => Promise<CallAnswer>): Promise<MessageAnswer> {
    const { next: after } = await world.journal.read({ limit: 1 })
    const { status, body } = await bringIt()
    const { entries } = await world.journal.read({ after, party: 'es', accepted: false })
    const refusal = entries.find((entry) => entry.refusal !== null)?.refusal?.code
    const isAccepted = status < 300
    const { invalidated } = body
    const count = isAccepted && typeof invalidated === 'number' ? { invalidated } : {}
    return { what, refusal: isAccepted ? null : (refusal ?? `HTTP_${status}`), ...count }
  }

  return {
    take: (step) => {
      if (step.kind === 'sign-in') return signIn(step)
      return step.kind === 'sign-out' ? signOut(step) : replay(step)
    },
  }
}

/** Where a browser is sent on from an address of the IdP, with a message in the query. */
async function queryBehind(url: string): Promise<string> {
  const { status, location } = await httpCall({ method: 'GET', url })
  if (location?.includes('?')) return location.slice(location.indexOf('?') + 1)
  throw new Error(`the IdP answered ${status} and sent no message by redirect`)
}

interface Brought {
  readonly what: string
  readonly api: string
  readonly given: object
}

/** Which API of a node takes a message that came so. */
function callFor(message: Exclude<CapturedMessage, { readonly document: string }>, ids: readonly string[]): Brought {
  if ('queryString' in message) {
    const { queryString: query_string } = message
    const isAnswer = /(?:^|&)SAMLResponse=/.test(query_string)
    return isAnswer
      ? { what: 'LogoutResponse', api: 'complete_logout', given: { ids, query_string } }
      : { what: 'LogoutRequest', api: 'invalidate', given: { query_string } }
  }
  const content = message.form['SAMLResponse'] ?? ''
  const isLogout = rootNameOf(decodedDocument(content) ?? '') === 'LogoutResponse'
  const [what, api] = isLogout ? ['LogoutResponse', 'complete_logout'] : ['Response', 'authenticate']
  return { what: what ?? '', api: api ?? '', given: { ids, content } }
}
