import type { PartnerParts } from './partner-parts.ts'
import { makeSaml } from './saml/partner-saml.ts'
import type { PartnerSession } from './sessions.ts'

/** Ends a session and answers the address that asks the IdP for the others; undefined where the IdP takes no LogoutRequest by Redirect. */
export async function startLogout(parts: PartnerParts, session: PartnerSession): Promise<string | undefined> {
  const idp = parts.idp()
  parts.sessions.end(session.id)
  if (idp.sloUrl === undefined) return undefined
  const { nameId: nameID, nameIdFormat, nameQualifier, spNameQualifier, sessionIndex } = session
  const saml = makeSaml(parts, idp, { privateKey: parts.key.privateKeyPem, logoutUrl: idp.sloUrl })
  const user = {
    issuer: idp.entityId,
    nameID,
    nameIDFormat: nameIdFormat as string,
    ...(nameQualifier !== undefined && { nameQualifier }),
    ...(spNameQualifier !== undefined && { spNameQualifier }),
    ...(sessionIndex !== undefined && { sessionIndex }),
  }
  return saml.getLogoutUrlAsync(user, '', {})
}
