import type { PartnerParts } from '../partner-parts.ts'
import type { Conduct } from '../temper.ts'
import type { ReceivedLogoutRequest } from './logout-message.ts'
import { makeSaml, type Status } from './partner-saml.ts'

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
export async function writeLogoutResponse(parts: PartnerParts, answering: Answering): Promise<string | undefined> {
  const { conduct, request, allEnded } = answering
  const idp = parts.idp()
  if (idp.sloResponseUrl === undefined) return undefined
  const saml = makeSaml(parts, idp, {
    privateKey: await signingKey(parts, conduct.signedBy),
    logoutUrl: idp.sloResponseUrl,
    status: statuses[conduct.claims],
  })
  const id = conduct.inResponseTo === 'the request' ? request.id : parts.newId()
  const relayState = conduct.relayState === 'echoed' ? (request.relayState ?? '') : ''
  const isSuccess = conduct.claims === 'success' || (conduct.claims === 'truth' && allEnded)
  const { nameId: nameID, nameIdFormat: nameIDFormat = '' } = request
  return saml.getLogoutResponseUrlAsync(
    { ID: id, issuer: idp.entityId, nameID, nameIDFormat },
    relayState,
    {},
    isSuccess,
  )
}

async function signingKey(
  { key, foreignKey }: PartnerParts,
  signedBy: Conduct['signedBy'],
): Promise<string | undefined> {
  if (signedBy === 'nobody') return undefined
  const { privateKeyPem } = signedBy === 'own key' ? key : await foreignKey()
  return privateKeyPem
}
