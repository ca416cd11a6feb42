import { asFarAsItCanBeRead } from '#saml/rules/as-far-as-it-can-be-read'
import { askAll } from '#saml/rules/ask-all'
import type { Judgement, Presented } from '#saml/rules/presented'
import { attributeOf, childOf, type XmlElement } from '#saml/xml/element'
import type { TokenMetadata } from '../../tokens/token-pair.ts'
import { ReceivedLogoutRequest } from '../judge/accept-logout-request.ts'
import {
  postedLogoutResponseRules,
  ReceivedLogoutResponse,
  redirectedLogoutResponseRules,
} from '../judge/check-logout-response.ts'
import { trimmed } from '../judge/message.ts'
import { type Carried, hasSignature, Received } from '../judge/received.ts'
import { ReceivedLogin } from '../judge/received-login.ts'
import type { Receiver } from '../judge/receiver.ts'
import type { RealmJudgement } from '../saml-realm.ts'
import { authenticateRules, invalidateRules, notReceivedHere } from './explained-rules.ts'
import { loginHints } from './login-hints.ts'
import { logoutRequestHints, logoutResponseHints } from './logout-hints.ts'
import { seenFromOutside } from './seen-from-outside.ts'

/**
 * Asks every rule of a receiver about a message, in the order in which it asks them: those of `invalidate` about a LogoutRequest, of `complete_logout` about a
 * LogoutResponse, of `authenticate` about a Response. What no signature vouches for is read all the same, for it to be told.
 */
export function explainMessage(presented: Presented, receiver: Omit<Receiver, 'explains'>): RealmJudgement {
  const judging: Receiver = { ...receiver, explains: true }
  const { carried, judgedAs, kind, document, element } = seenFromOutside(presented, judging)
  return {
    kind,
    binding: bindings[presented.carrier],
    id: attribute(element, 'ID'),
    from: (element && trimmed(childOf(element, 'saml:Issuer')?.text)) ?? null,
    to: attribute(element, 'Destination'),
    document,
    names: undefined,
    principal: undefined,
    ...judges[judgedAs](carried, judging),
  }
}

const bindings = { query: 'redirect', form: 'post', document: null } as const

const attribute = (element: XmlElement | undefined, name: string) => (element && attributeOf(element, name)) ?? null

type Judged = Pick<RealmJudgement, 'checks'> & Partial<Pick<RealmJudgement, 'names' | 'principal'>>

const judges: Readonly<Record<NonNullable<Judgement['kind']>, (carried: Carried, receiver: Receiver) => Judged>> = {
  LogoutRequest: (carried, receiver) => {
    const received = new ReceivedLogoutRequest(carried, receiver)
    return { checks: askAll(invalidateRules, received, logoutRequestHints), names: whomItNames(received) }
  },
  LogoutResponse: (carried, receiver) => {
    const received = new ReceivedLogoutResponse(carried, receiver)
    return { checks: askAll(rulesFor(received), received, logoutResponseHints) }
  },
  Response: (carried, receiver) => {
    const received = new ReceivedLogin(carried, receiver)
    const checks = askAll(authenticateRules, received, loginHints)
    return { checks, principal: asFarAsItCanBeRead(() => received.principal.get()) }
  },
  AuthnRequest: (carried, receiver) => ({
    checks: askAll([notReceivedHere], new Received(carried, 'LogoutRequest', receiver)),
  }),
}

/** What came alone came by the way that its signature stands for. */
function rulesFor(received: ReceivedLogoutResponse) {
  const { carrier } = received.carried
  const isPosted = carrier === 'content' || (carrier === 'document' && isSignedInside(received))
  return isPosted ? postedLogoutResponseRules : redirectedLogoutResponseRules
}

const isSignedInside = (received: Received): boolean =>
  asFarAsItCanBeRead(() => hasSignature(received.message.get())) ?? false

const whomItNames = (received: ReceivedLogoutRequest): TokenMetadata | undefined =>
  asFarAsItCanBeRead(() => received.tokenMetadata())
