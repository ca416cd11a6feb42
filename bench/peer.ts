import { SAML, ValidateInResponseTo } from '@node-saml/node-saml'
import { acsUrl, idpUrl, logoutUrl, type Parties, sloUrl, spUrl } from './parties.ts'

/** The same work done by node-saml. */
export interface Peer {
  /** Verifies the LogoutRequest and signs the redirect that answers it. */
  answerLogout(): Promise<void>
  acceptResponse(): Promise<void>
}

export function createPeer({ idp, sp, logoutQuery, response }: Parties): Peer {
  const saml = new SAML({
    callbackUrl: acsUrl,
    issuer: spUrl,
    audience: spUrl,
    idpIssuer: idpUrl,
    idpCert: idp.certificatePem,
    entryPoint: `${idpUrl}/sso`,
    logoutUrl: sloUrl,
    logoutCallbackUrl: logoutUrl,
    privateKey: sp.privateKeyPem,
    publicCert: sp.certificatePem,
    signatureAlgorithm: 'sha256',
    digestAlgorithm: 'sha256',
    wantAuthnResponseSigned: false,
    wantAssertionsSigned: true,
    validateInResponseTo: ValidateInResponseTo.never,
    acceptedClockSkewMs: 180_000,
  })
  return {
    answerLogout: async () => {
      const container = Object.fromEntries(new URLSearchParams(logoutQuery))
      const { profile } = await saml.validateRedirectAsync(container, logoutQuery)
      if (profile === null) throw new Error('node-saml refused the LogoutRequest')
      await saml.getLogoutResponseUrlAsync(profile, '', {}, true)
    },
    acceptResponse: async () => {
      const { profile } = await saml.validatePostResponseAsync({ SAMLResponse: response })
      if (profile === null) throw new Error('node-saml refused the Response')
    },
  }
}
