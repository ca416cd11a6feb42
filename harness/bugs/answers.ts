import type { Answer } from './bug.ts'

/** A LogoutRequest is believed and ends so many pairs of tokens (`spec/elasticsearch-saml.md` §3.10). */
export const ends = (invalidated: number, redirect: Pick<Answer, 'redirect' | 'redirectLacks'> = {}): Answer => {
  return { call: 'invalidate', status: 200, invalidated, ...redirect }
}

/** A LogoutRequest is refused, and nothing ends (§3.12). */
export const refuses = (reason: string, status = 500): Answer => ({ call: 'invalidate', status, reason })

/** A LogoutResponse is believed (§5). */
export const completes: Answer = { call: 'complete_logout', status: 200 }

/** A LogoutResponse is refused (§5). */
export const refusesAnswer = (reason: string): Answer => ({ call: 'complete_logout', status: 500, reason })

/** A session of the application ends (§4), and the browser is sent on. */
export const logsOut = (redirect: Pick<Answer, 'redirect' | 'redirectLacks'> = {}): Answer => {
  return { call: 'logout', status: 200, ...redirect }
}

export const reasons = {
  signature: 'SAML Signature [',
  unsigned: 'Logout request is not signed',
  unsignedQuery: 'Query string is not signed, but is required for HTTP-Redirect binding',
  inflate: 'SAML message cannot be inflated',
  parse: 'Failed to parse SAML message',
  requestDestination: 'SAML request ',
  responseDestination: 'SAML response ',
  status: "SAML Response is not a 'success' response",
  inResponseTo: 'SAML content is in-response-to [',
} as const
