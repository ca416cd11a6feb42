import { isIPv4 } from 'node:net'
import { isLocalhostName } from './localhost-lookup.ts'

/** Which page made a browser send a request: one of ours, or one of another site; unknown where nothing says so, as with a program, or where none did. */
type Sender = 'own' | 'foreign' | 'unknown'

/**
 * Who sent a request to this origin, as its headers say. Browsers say so in `Sec-Fetch-Site`, and where they do not, on plain http, in `Origin`; no page can make them say
 * otherwise.
 */
export function whoSent(headers: Headers, ownOrigin: string): Sender {
  const site = headers.get('sec-fetch-site')
  const from = headers.get('origin')
  if (site !== null && site !== 'same-origin' && site !== 'none') return 'foreign'
  if (from === null) return site === 'same-origin' ? 'own' : 'unknown'
  return from === ownOrigin || (site !== null && isOfThisMachine(from)) ? 'own' : 'foreign'
}

/** A page whose name was made to lead here (DNS rebinding) is of the same origin as its form; only its name gives it away. */
function isOfThisMachine(origin: string): boolean {
  const { hostname } = URL.canParse(origin) ? new URL(origin) : { hostname: '' }
  return isLocalhostName(hostname) || (isIPv4(hostname) && hostname.startsWith('127.')) || hostname === '[::1]'
}
