import { WebAppError } from '../web-app-error.ts'

/** Which message a query carries; undefined when it carries none. */
type LogoutMessage = 'request' | 'response' | undefined

const protocolParameters = ['SAMLRequest', 'SAMLResponse', 'RelayState', 'SigAlg', 'Signature']

/** Claims that a query has a message under this name; an empty one is none. */
export const carries = (query: URLSearchParams, name: 'SAMLRequest' | 'SAMLResponse'): boolean =>
  (query.get(name) ?? '') !== ''

/**
 * Finds which message a query carries, by the names in it alone, for the careful profile.
 *
 * @throws WebAppError (400) when a second reader of the same octets could find another message: a protocol parameter twice, one that is spelled with
 * escapes, a request and a response together
 */
export function findLogoutMessage(queryString: string): LogoutMessage {
  const names = queryString.split('&').map((pair) => pair.split('=', 1)[0] ?? '')
  const ours = names.filter((name) => protocolParameters.includes(decode(name)))
  if (ours.some((name) => name !== decode(name))) throw ambiguous('spells a parameter of SAML with escapes')
  if (new Set(ours).size < ours.length) throw ambiguous('has a parameter of SAML twice')
  const query = new URLSearchParams(queryString)
  const hasRequest = carries(query, 'SAMLRequest')
  const hasResponse = carries(query, 'SAMLResponse')
  if (hasRequest && hasResponse) throw ambiguous('has a SAMLRequest and a SAMLResponse')
  if (hasRequest) return 'request'
  return hasResponse ? 'response' : undefined
}

const decode = (name: string): string => [...new URLSearchParams(`${name}=`).keys()][0] ?? ''

function ambiguous(what: string): WebAppError {
  const answer = { code: 'AMBIGUOUS_QUERY', status: 400, headline: 'Bad Request' } as const
  return new WebAppError(answer, `The address ${what}.`)
}
