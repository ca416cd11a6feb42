/** XML namespaces of the documents that are read and written here. */
export const NAMESPACE = {
  protocol: 'urn:oasis:names:tc:SAML:2.0:protocol',
  assertion: 'urn:oasis:names:tc:SAML:2.0:assertion',
  metadata: 'urn:oasis:names:tc:SAML:2.0:metadata',
  signature: 'http://www.w3.org/2000/09/xmldsig#',
  encryption: 'http://www.w3.org/2001/04/xmlenc#',
  encryption11: 'http://www.w3.org/2009/xmlenc11#',
  exclusiveC14n: 'http://www.w3.org/2001/10/xml-exc-c14n#',
  schema: 'http://www.w3.org/2001/XMLSchema',
  schemaInstance: 'http://www.w3.org/2001/XMLSchema-instance',
  soap: 'http://schemas.xmlsoap.org/soap/envelope/',
  /** Extension of the OASIS Asynchronous Single Logout Profile. */
  asynchronousLogout: 'urn:oasis:names:tc:SAML:2.0:protocol:ext:async-slo',
  xml: 'http://www.w3.org/XML/1998/namespace',
  xmlns: 'http://www.w3.org/2000/xmlns/',
} as const

/** Protocol bindings (saml-bindings-2.0 §3). */
export const BINDING = {
  redirect: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect',
  post: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST',
  artifact: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Artifact',
  soap: 'urn:oasis:names:tc:SAML:2.0:bindings:SOAP',
} as const

/** Name identifier formats (saml-core-2.0 §8.3). */
export const NAME_ID_FORMAT = {
  unspecified: 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified',
  emailAddress: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
  entity: 'urn:oasis:names:tc:SAML:2.0:nameid-format:entity',
  persistent: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
  transient: 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient',
  /** Only in a NameIDPolicy: whatever the format, the identifier is to be encrypted (saml-core-2.0 §3.4.1.1). */
  encrypted: 'urn:oasis:names:tc:SAML:2.0:nameid-format:encrypted',
} as const

const status = (name: string) => `urn:oasis:names:tc:SAML:2.0:status:${name}` as const

/** Status codes, top level first, then those that only stand below one (saml-core-2.0 §3.2.2.2). */
export const STATUS = {
  success: status('Success'),
  requester: status('Requester'),
  responder: status('Responder'),
  versionMismatch: status('VersionMismatch'),
  authnFailed: status('AuthnFailed'),
  invalidNameIdPolicy: status('InvalidNameIDPolicy'),
  noAuthnContext: status('NoAuthnContext'),
  noPassive: status('NoPassive'),
  noSupportedIdp: status('NoSupportedIDP'),
  partialLogout: status('PartialLogout'),
  requestDenied: status('RequestDenied'),
  requestUnsupported: status('RequestUnsupported'),
  requestVersionTooHigh: status('RequestVersionTooHigh'),
  requestVersionTooLow: status('RequestVersionTooLow'),
  unknownPrincipal: status('UnknownPrincipal'),
  unsupportedBinding: status('UnsupportedBinding'),
} as const

/** Subject confirmation methods (saml-profiles-2.0 §3). */
export const CONFIRMATION_METHOD = {
  bearer: 'urn:oasis:names:tc:SAML:2.0:cm:bearer',
  holderOfKey: 'urn:oasis:names:tc:SAML:2.0:cm:holder-of-key',
} as const

/** Authentication context classes (saml-authn-context-2.0 §3.4). */
export const AUTHN_CONTEXT = {
  unspecified: 'urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified',
  password: 'urn:oasis:names:tc:SAML:2.0:ac:classes:Password',
  passwordProtectedTransport: 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport',
} as const

/** Attribute name formats (saml-core-2.0 §8.2). */
export const ATTRIBUTE_NAME_FORMAT = {
  unspecified: 'urn:oasis:names:tc:SAML:2.0:attrname-format:unspecified',
  uri: 'urn:oasis:names:tc:SAML:2.0:attrname-format:uri',
  basic: 'urn:oasis:names:tc:SAML:2.0:attrname-format:basic',
} as const

/** Reasons of a LogoutRequest (saml-core-2.0 §3.7.1). */
export const LOGOUT_REASON = {
  user: 'urn:oasis:names:tc:SAML:2.0:logout:user',
  admin: 'urn:oasis:names:tc:SAML:2.0:logout:admin',
} as const
