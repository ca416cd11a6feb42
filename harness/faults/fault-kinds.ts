/** What each role writes, whose messages can be wrong on purpose. */
export const written = {
  idp: ['LogoutRequest', 'LogoutResponse', 'Response'],
  partner: ['AuthnRequest', 'LogoutRequest', 'LogoutResponse'],
} as const

/** Every kind of message that a fault may be about. */
export const faultKinds = ['AuthnRequest', 'LogoutRequest', 'LogoutResponse', 'Response'] as const
