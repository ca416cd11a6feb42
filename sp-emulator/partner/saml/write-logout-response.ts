import type { PartnerParts } from '../partner-parts.ts'
import { type Outgoing, sendOut } from '../send-out.ts'
import type { Conduct } from '../temper.ts'
import { digestOf, type PartnerChange, statusOf } from '../wrong-message.ts'
import type { ReceivedLogoutRequest } from './logout-message.ts'
import { makeSaml, type Status } from './partner-saml.ts'
import { relayStateOf, signingKey } from './wrong-writing.ts'

interface Answering {
  readonly conduct: Conduct
  readonly request: ReceivedLogoutRequest
  /** Whether none of the named sessions is left. */
  readonly allEnded: boolean
}

const status = (name: string): string => `urn:oasis:names:tc:SAML:2.0:status:${name}`

/** Those for which node-saml has no word. */
const statuses: Readonly<Partial<Record<Conduct['claims'], Status>>> = {
  partial: [status('Success'), status('PartialLogout')],
  responder: [status('Responder')],
}

/** The address that carries a LogoutResponse by Redirect, undefined where the IdP takes none. */
export async function writeLogoutResponse(parts: PartnerParts, answering: Answering): Promise<Outgoing | undefined> {
  if (parts.idp().sloResponseUrl === undefined) return undefined
  return sendOut(parts, 'LogoutResponse', (change, edit) => write(parts, answering, { change, edit }))
}

interface Wrong {
  readonly change: PartnerChange
  readonly edit: (document: string) => string
}

async function write(parts: PartnerParts, answering: Answering, { change, edit }: Wrong): Promise<string> {
  const { conduct, request, allEnded } = answering
  const idp = parts.idp()
  const saml = makeSaml(parts, idp, {
    privateKey: await signingKey(parts, change, conduct.signedBy),
    logoutUrl: idp.sloResponseUrl,
    status: statusOf(change) ?? statuses[conduct.claims],
    edit,
    digest: digestOf(change),
  })
  const id = conduct.inResponseTo === 'the request' ? request.id : parts.newId()
  const relayState = conduct.relayState === 'echoed' ? (request.relayState ?? '') : ''
  const isSuccess = conduct.claims === 'success' || (conduct.claims === 'truth' && allEnded)
  const { nameId: nameID, nameIdFormat: nameIDFormat = '' } = request
  return saml.getLogoutResponseUrlAsync(
    { ID: id, issuer: idp.entityId, nameID, nameIDFormat },
    relayStateOf(change, relayState),
    {},
    isSuccess,
  )
}
