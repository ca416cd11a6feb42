import { type LogoutRequest, parseLogoutRequest } from '#saml/messages/logout-request'
import { type NameId, readNameId } from '#saml/messages/name-id'
import { NAMESPACE } from '#saml/names'
import { childOf, type XmlElement } from '#saml/xml/element'
import { type ReceivedQuery, readQuery } from '../query-string.ts'
import type { RealmConfig, RealmContext } from '../realm-config.ts'
import { refuse } from '../refusals.ts'
import type { AcceptedLogoutRequest } from '../saml-realm.ts'
import { makeTokenMetadata } from '../user/token-metadata.ts'
import { checkIssuer, checkNotOnOrAfter, inflateMessage, readProtocolMessage, trimmed } from './message.ts'
import { openEncrypted } from './open-encrypted.ts'
import { judgeEmbeddedSignature, judgeQuerySignature, type QuerySignatureVerdict } from './signatures.ts'

type Rule = (request: LogoutRequest, context: RealmContext) => void

/** In the order of a node (spec §3.1, steps 9 to 11): the first that refuses gives the reason. */
const rules: readonly Rule[] = [fromTheIdp, forThisRealm, notExpired]

/**
 * Judges an IdP's LogoutRequest as it came by redirect. The query signature is judged before the message is even decoded (spec §3.1).
 * @throws SamlError with the reason a node gives, for each row of the table in spec §3.12.
 */
export function acceptLogoutRequest(queryString: string, context: RealmContext): AcceptedLogoutRequest {
  const query = readQuery(queryString)
  const encoded = messageOf(query)
  const signature = judgeQuerySignature(query, context)
  const message = inflateMessage(encoded)
  const request = parseLogoutRequest(authenticRoot(message, signature, context))
  for (const rule of rules) rule(request, context)
  return {
    id: request.id,
    relayState: query.parameters.get('RelayState'),
    tokenMetadata: tokenMetadataOf(request, context.config),
  }
}

function messageOf({ raw, parameters }: ReceivedQuery): string {
  const encoded = parameters.get('SAMLRequest')
  if (encoded !== undefined) return encoded
  throw refuse('SAML_MESSAGE_MISSING', `Could not parse SAMLRequest from query string: [${raw}]`)
}

/** With both kinds of signature both must be valid; with neither the request is refused, there is no setting against it (spec §3.4). */
function authenticRoot(document: Buffer, query: QuerySignatureVerdict, context: RealmContext): XmlElement {
  const root = readProtocolMessage(document, 'LogoutRequest')
  if (childOf(root, 'ds:Signature') !== undefined) {
    return judgeEmbeddedSignature({ document, root, element: root }, context)
  }
  if (query === 'unsigned') throw refuse('SAML_UNSIGNED', 'Logout request is not signed')
  return root
}

function fromTheIdp(request: LogoutRequest, { config }: RealmContext): void {
  checkIssuer(request, `{${NAMESPACE.protocol}}LogoutRequest`, config.idpEntityId)
}

function forThisRealm({ id, destination }: LogoutRequest, { config }: RealmContext): void {
  if (destination === config.logoutUrl) return
  throw refuse(
    'SAML_DESTINATION',
    `SAML request ${id} is for destination ${destination ?? 'null'} but this realm uses ${config.logoutUrl}`,
    { expected: config.logoutUrl, actual: destination },
  )
}

function notExpired({ notOnOrAfter }: LogoutRequest, { config, clock }: RealmContext): void {
  checkNotOnOrAfter(notOnOrAfter, clock.now(), config.clockSkewMs)
}

function tokenMetadataOf(request: LogoutRequest, config: RealmConfig): AcceptedLogoutRequest['tokenMetadata'] {
  const nameId = request.nameId ?? encryptedName(request, config)
  if (trimmed(nameId?.value) === undefined) return undefined
  const firstIndex = request.sessionIndexes.find((index) => trimmed(index) !== undefined)
  return makeTokenMetadata(nameId, firstIndex, config.name)
}

/** Opened when everything else is in order; what is no NameID names nobody (spec §3.8). */
function encryptedName({ encryptedId }: LogoutRequest, config: RealmConfig): NameId | undefined {
  if (encryptedId === undefined) return undefined
  const { element } = openEncrypted(encryptedId, 'EncryptedID', config)
  return element.key === 'saml:NameID' ? readNameId(element) : undefined
}
