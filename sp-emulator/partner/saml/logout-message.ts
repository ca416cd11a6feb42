import { PartnerError } from '../partner-error.ts'
import type { PartnerParts } from '../partner-parts.ts'
import type { NamedSessions } from '../sessions.ts'
import { attributeOf, childrenOf, readXml, textOf, type XmlElement } from './xml-element.ts'

export interface ReceivedLogoutRequest extends NamedSessions {
  readonly kind: 'LogoutRequest'
  readonly id: string
  readonly relayState: string | undefined
}

export interface ReceivedLogoutResponse {
  readonly kind: 'LogoutResponse'
  readonly id: string | undefined
  readonly inResponseTo: string | undefined
  /** The status codes, top level first. */
  readonly status: readonly string[]
}

export type ReceivedLogout = ReceivedLogoutRequest | ReceivedLogoutResponse

/**
 * Reads a verified logout message. node-saml tells of one SessionIndex and of no status.
 * @throws PartnerError (400) when it is another message, or somebody else's
 */
export async function readLogout(
  { idp }: Pick<PartnerParts, 'idp'>,
  { document, relayState }: { document: string; relayState: string | undefined },
): Promise<ReceivedLogout> {
  const root = await readXml(document)
  const [request] = childrenOf(root, 'LogoutRequest')
  const [response] = childrenOf(root, 'LogoutResponse')
  const message = request ?? response
  if (message === undefined) throw new PartnerError(400, 'The message is neither a LogoutRequest nor a LogoutResponse.')
  refuseStranger(message, idp().entityId)
  return request === undefined ? readResponse(message) : readRequest(message, relayState)
}

/** Of a LogoutResponse in a form node-saml does not look at the Issuer. */
function refuseStranger(message: XmlElement, expected: string): void {
  const issuer = textOf(childrenOf(message, 'Issuer')[0])
  if (issuer === expected) return
  throw new PartnerError(400, `The message comes from [${issuer.slice(0, 200)}], expected [${expected}].`)
}

function readRequest(request: XmlElement, relayState: string | undefined): ReceivedLogoutRequest {
  const [nameId] = childrenOf(request, 'NameID')
  return {
    kind: 'LogoutRequest',
    id: attributeOf(request, 'ID') ?? '',
    nameId: textOf(nameId),
    nameIdFormat: attributeOf(nameId, 'Format'),
    sessionIndexes: childrenOf(request, 'SessionIndex').map(textOf),
    relayState,
  }
}

function readResponse(response: XmlElement): ReceivedLogoutResponse {
  const [code] = childrenOf(childrenOf(response, 'Status')[0], 'StatusCode')
  const codes = [code, childrenOf(code, 'StatusCode')[0]].map((each) => attributeOf(each, 'Value'))
  return {
    kind: 'LogoutResponse',
    id: attributeOf(response, 'ID'),
    inResponseTo: attributeOf(response, 'InResponseTo'),
    status: codes.filter((each) => each !== undefined),
  }
}
