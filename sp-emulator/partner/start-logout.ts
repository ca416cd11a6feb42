import { endSession } from './note.ts'
import type { PartnerParts } from './partner-parts.ts'
import { makeSaml } from './saml/partner-saml.ts'
import { relayStateOf, signingKey } from './saml/wrong-writing.ts'
import { type Outgoing, sendOut } from './send-out.ts'
import type { PartnerSession } from './sessions.ts'
import { digestOf, wrongName } from './wrong-message.ts'

/** Ends a session and answers the address that asks the IdP for the others; undefined where the IdP takes no LogoutRequest by Redirect. */
export async function startLogout(parts: PartnerParts, session: PartnerSession): Promise<Outgoing | undefined> {
  const idp = parts.idp()
  await endSession(parts, session, { endedBy: 'page' })
  if (idp.sloUrl === undefined) return undefined
  const { nameId: nameID, nameIdFormat, nameQualifier, spNameQualifier, sessionIndex } = session
  const user = {
    nameID,
    nameIDFormat: nameIdFormat as string,
    ...(nameQualifier !== undefined && { nameQualifier }),
    ...(spNameQualifier !== undefined && { spNameQualifier }),
    ...(sessionIndex !== undefined && { sessionIndex }),
  }
  return sendOut(parts, 'LogoutRequest', async (change, edit) => {
    const privateKey = await signingKey(parts, change)
    const saml = makeSaml(parts, idp, { privateKey, logoutUrl: idp.sloUrl, edit, digest: digestOf(change) })
    return saml.getLogoutUrlAsync({ issuer: idp.entityId, ...wrongName(user, change) }, relayStateOf(change), {})
  })
}
