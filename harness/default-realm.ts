import type { Credential } from '#saml/credentials'
import { type RealmConfig, signableMessages } from '../sp-emulator/index.ts'

/** The realm `saml1`, which serves the application at `appUrl`, on Kibana's paths. */
export function defaultRealm(parties: { appUrl: string; idpEntityId: string; signing: Credential }): RealmConfig {
  const { appUrl, idpEntityId, signing } = parties
  return {
    name: 'saml1',
    order: 2,
    idpEntityId,
    useSingleLogout: true,
    spEntityId: appUrl,
    acsUrl: `${appUrl}/api/security/saml/callback`,
    logoutUrl: `${appUrl}/logout`,
    nameIdAllowCreate: false,
    populateUserMetadata: true,
    attributes: { principal: 'uid', groups: 'groups', name: 'displayName', mail: 'mail' },
    requestedAuthnContext: [],
    clockSkewMs: 180_000,
    signing,
    signedMessages: new Set(signableMessages),
  }
}
