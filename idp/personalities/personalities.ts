import type { Personality } from './personality.ts'

const github = (thread: string) => `https://github.com/${thread.replace('#', '/issues/')}`
const simpleSamlPhp =
  'https://github.com/simplesamlphp/simplesamlphp/blob/master/docs/simplesamlphp-reference-idp-hosted.md'
const entraSignOut = 'https://learn.microsoft.com/en-us/entra/identity-platform/single-sign-out-saml-protocol'
const lowerCase = { LogoutRequest: { escapes: 'lower' }, LogoutResponse: { escapes: 'lower' } } as const

const adfs: Personality = {
  product: 'Microsoft AD FS',
  quirks: [
    {
      says: 'It writes the escapes of a query in lower case and signs them so.',
      sources: ['A1'],
      changes: lowerCase,
    },
    {
      says: 'It refuses a LogoutRequest that is not signed, is signed by SHA-1, has no Destination, or names the person in another way than the login did.',
      sources: ['A11', 'A12', github('justinbleach/saml-client#91'), github('SAML-Toolkits/php-saml#70')],
      manner: { tolerate: ['longRelayState'] },
    },
    { says: 'Where not all confirmed, it answers Success with PartialLogout below it.', sources: ['F2'] },
    { says: 'It refuses a RelayState that is there and empty.', sources: ['A6'] },
  ],
}

const entra: Personality = {
  product: 'Microsoft Entra ID',
  quirks: [
    {
      says: 'It writes the escapes of a query in lower case and signs them so.',
      sources: ['A1'],
      changes: lowerCase,
    },
    {
      says: 'It takes logout messages by Redirect alone.',
      sources: [entraSignOut],
      manner: { singleLogout: [{ binding: 'redirect' }] },
    },
    {
      says: 'It believes a LogoutRequest that has neither a signature nor a Destination.',
      sources: [github('MicrosoftDocs/azure-docs#66885'), entraSignOut],
      manner: { tolerate: ['longRelayState', 'weakAlgorithms', 'unsigned', 'noDestination'] },
    },
    {
      says: 'Who started a logout is asked to log out too.',
      sources: ['F10', github('MicrosoftDocs/azure-docs#19955')],
      manner: { logout: { initiator: 'askedToo' } },
    },
    {
      says: 'It passes over the name in a LogoutRequest and ends the session of the browser.',
      sources: ['https://github.com/MicrosoftDocs/azure-docs/commit/72ff7a125b7d85192401ce95324184e1362c35c2'],
    },
  ],
}

const okta: Personality = {
  product: 'Okta',
  quirks: [
    {
      says: 'It posts its LogoutResponses.',
      sources: [
        'https://help.okta.com/en-us/Content/Topics/Apps/Apps_Single_Logout.htm',
        github('SAML-Toolkits/wordpress-saml#121'),
        'E2',
      ],
      changes: { LogoutResponse: { binding: 'post' } },
    },
    { says: 'A logout that it refuses has the status AuthnFailed.', sources: ['F15', github('Clever/saml2#138')] },
  ],
}

const keycloak: Personality = {
  product: 'Keycloak',
  quirks: [
    {
      says: 'Its metadata offers POST before Redirect, then SOAP.',
      sources: [
        'https://github.com/keycloak/keycloak/blob/main/services/src/main/java/org/keycloak/protocol/saml/IDPMetadataDescriptor.java',
      ],
      manner: { singleLogout: [{ binding: 'post' }, { binding: 'redirect' }, { binding: 'soap' }] },
    },
    {
      says: 'It takes logout messages by the Artifact binding too.',
      sources: [
        'https://github.com/keycloak/keycloak/blob/main/services/src/main/java/org/keycloak/protocol/saml/IDPMetadataDescriptor.java',
      ],
    },
    {
      says: 'It refuses a signed message without a Destination.',
      sources: ['D7', github('node-saml/passport-saml#87')],
      manner: { tolerate: ['longRelayState', 'weakAlgorithms'] },
    },
  ],
}

const pingFederate: Personality = {
  product: 'PingFederate',
  quirks: [
    {
      says: 'It refuses a message without a Destination.',
      sources: ['D7', 'D6'],
      manner: { tolerate: ['longRelayState', 'weakAlgorithms'] },
    },
  ],
}

const google: Personality = {
  product: 'Google Workspace',
  quirks: [
    {
      says: 'It takes part in no logout: its metadata offers none.',
      sources: ['https://stackoverflow.com/questions/51360680', 'https://stackoverflow.com/a/51366331'],
      manner: { singleLogout: [] },
    },
    { says: 'It sends no LogoutRequest.', sources: ['https://stackoverflow.com/a/51366331'] },
  ],
}

const shibboleth: Personality = {
  product: 'Shibboleth Identity Provider',
  quirks: [
    {
      says: 'It asks the service providers in frames of one page.',
      sources: ['https://wiki.shibboleth.net/confluence/display/IDP30/LogoutConfiguration'],
      manner: { logout: { propagation: 'frames' } },
    },
    {
      says: 'It encrypts the name for every service provider that publishes a key for that.',
      sources: ['C11', github('IdentityPython/pysaml2#536')],
      changes: { LogoutRequest: { nameId: 'encrypted' } },
    },
  ],
}

const simplesamlphp: Personality = {
  product: 'SimpleSAMLphp',
  quirks: [
    {
      says: 'Unless told otherwise it signs no logout message, and asks for no signature.',
      sources: [`${simpleSamlPhp} (redirect.sign, redirect.validate)`],
      manner: { tolerate: ['longRelayState', 'weakAlgorithms', 'unsigned'] },
      changes: { LogoutRequest: { signature: 'none' }, LogoutResponse: { signature: 'none' } },
    },
    {
      says: 'Unless told otherwise it asks one service provider after the other.',
      sources: [`${simpleSamlPhp} (logouttype)`],
      manner: { logout: { propagation: 'chain' } },
    },
    {
      says: 'Unless told otherwise it takes logout messages by Redirect alone.',
      sources: [`${simpleSamlPhp} (SingleLogoutServiceBinding)`],
      manner: { singleLogout: [{ binding: 'redirect' }] },
    },
  ],
}

const none: Personality = { product: 'sloop itself', quirks: [] }

/** Whom this IdP may behave and write like (`spec/contract.md` §1, `idp.personality`). */
export const personalities = {
  none,
  adfs,
  entra,
  okta,
  keycloak,
  pingfederate: pingFederate,
  google,
  shibboleth,
  simplesamlphp,
} as const satisfies Readonly<Record<string, Personality>>

export type PersonalityName = keyof typeof personalities

export const personalityNames = Object.keys(personalities) as [PersonalityName, ...PersonalityName[]]
