import { type LogoutRequest, parseLogoutRequest } from '#saml/messages/logout-request'
import { type NameId, readNameId } from '#saml/messages/name-id'
import { NAMESPACE } from '#saml/names'
import { Part } from '#saml/rules/part'
import type { Rule } from '#saml/rules/rule'
import { stopAtFirst } from '#saml/rules/stop-at-first'
import type { TokenMetadata } from '../../tokens/token-pair.ts'
import type { RealmContext } from '../realm-config.ts'
import { refuse } from '../refusals.ts'
import type { AcceptedLogoutRequest } from '../saml-realm.ts'
import { makeTokenMetadata } from '../user/token-metadata.ts'
import {
  documentIsValid,
  documentSignedByTheIdp,
  holdsTheMessage,
  isOfItsKind,
  messageIsBase64,
  messageIsDeflated,
  queryIsWellFormed,
  signatureIsBase64,
  signedByTheIdp,
} from './carriage-rules.ts'
import { checkIssuer, checkNotOnOrAfter, trimmed } from './message.ts'
import { openEncrypted } from './open-encrypted.ts'
import { type Carried, Received } from './received.ts'
import { known, nothingToAsk, type Receiver } from './receiver.ts'
import { isQuerySigned } from './signatures.ts'

type LogoutRequestRule = Rule<ReceivedLogoutRequest>

/** A LogoutRequest that came to a receiver. */
export class ReceivedLogoutRequest extends Received {
  readonly request = new Part<LogoutRequest>('no LogoutRequest could be read', () =>
    parseLogoutRequest(this.believed()),
  )
  /** Whom it names: a NameID, or what opens as one. */
  readonly nameId = new Part<NameId | undefined>('its EncryptedID could not be opened', () =>
    nameIdOf(this.request.get(), this.receiver),
  )

  constructor(carried: Carried, receiver: Receiver) {
    super(carried, 'LogoutRequest', receiver)
  }

  /** By what it finds the tokens that it ends; undefined when it names nobody. */
  tokenMetadata(): TokenMetadata | undefined {
    const nameId = this.nameId.get()
    if (trimmed(nameId?.value) === undefined) return undefined
    const firstIndex = this.request.get().sessionIndexes.find((index) => trimmed(index) !== undefined)
    return makeTokenMetadata(nameId, firstIndex, this.receiver.config.name)
  }
}

/** With both kinds of signature both must be valid; with neither the request is refused, there is no setting against it (spec §3.4). */
const isSigned: LogoutRequestRule = {
  rule: 'isSigned',
  code: 'SAML_UNSIGNED',
  clause: 'saml-profiles-2.0 §4.4.4.1',
  ask: (received) => {
    if (received.isSigned() || isQuerySigned(received.query.get())) return
    throw refuse('SAML_UNSIGNED', 'Logout request is not signed', { expected: 'signed', actual: 'not signed' })
  },
}

const fromTheIdp: LogoutRequestRule = {
  rule: 'fromTheIdp',
  code: 'SAML_ISSUER',
  clause: 'saml-profiles-2.0 §4.4.4.1',
  ask: ({ request, receiver }) =>
    checkIssuer(request.get(), `{${NAMESPACE.protocol}}LogoutRequest`, receiver.config.idpEntityId),
}

const forThisRealm: LogoutRequestRule = {
  rule: 'forThisRealm',
  code: 'SAML_DESTINATION',
  clause: 'saml-core-2.0 §3.2.1',
  ask: ({ request, receiver }) => {
    const { id, destination } = request.get()
    const expected = known(receiver.config.logoutUrl, 'where the receiver takes logouts')
    if (destination === expected) return
    const reason = `SAML request ${id} is for destination ${destination ?? 'null'} but this realm uses ${expected}`
    throw refuse('SAML_DESTINATION', reason, { expected, actual: destination })
  },
}

const notExpired: LogoutRequestRule = {
  rule: 'notExpired',
  code: 'SAML_EXPIRED',
  clause: 'saml-core-2.0 §3.7.1',
  ask: ({ request, receiver: { config, clock } }) =>
    checkNotOnOrAfter(request.get().notOnOrAfter, clock.now(), config.clockSkewMs),
}

const nameIdOpens: LogoutRequestRule = {
  rule: 'nameIdOpens',
  code: 'SAML_ENCRYPTED',
  clause: 'saml-core-2.0 §2.2.4',
  expects: 'something that a key of this realm opens',
  ask: ({ request, nameId, receiver }) => {
    if (request.get().encryptedId === undefined) nothingToAsk(receiver, 'nothing in it is encrypted')
    nameId.make()
  },
}

/**
 * In the order of a node: the first that refuses gives the reason. The query signature is judged before the message is even decoded, and a name is opened when
 * everything else is in order (spec §3.1, §3.8).
 */
export const logoutRequestRules: readonly LogoutRequestRule[] = [
  queryIsWellFormed,
  holdsTheMessage,
  signatureIsBase64,
  signedByTheIdp,
  messageIsBase64,
  messageIsDeflated,
  documentIsValid,
  isOfItsKind,
  isSigned,
  documentSignedByTheIdp,
  fromTheIdp,
  forThisRealm,
  notExpired,
  nameIdOpens,
]

/**
 * Judges an IdP's LogoutRequest as it came by redirect.
 * @throws SamlError with the reason a node gives, for each row of the table in spec §3.12.
 */
export function acceptLogoutRequest(queryString: string, context: RealmContext): AcceptedLogoutRequest {
  const received = new ReceivedLogoutRequest({ carrier: 'query', queryString }, context)
  stopAtFirst(logoutRequestRules, received)
  return {
    id: received.request.get().id,
    relayState: received.query.get().parameters.get('RelayState'),
    tokenMetadata: received.tokenMetadata(),
  }
}

/** What opens and is no NameID names nobody (spec §3.8). */
function nameIdOf({ nameId, encryptedId }: LogoutRequest, receiver: Receiver): NameId | undefined {
  if (nameId !== undefined || encryptedId === undefined) return nameId
  const { element } = openEncrypted(encryptedId, 'EncryptedID', receiver)
  return element.key === 'saml:NameID' ? readNameId(element) : undefined
}
