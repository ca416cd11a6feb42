import { readOctets } from '#server/named-file'
import type { Cli } from './cli.ts'

/**
 * The authorities, in PEM, that Node trusts beside its own because `NODE_EXTRA_CA_CERTS` names a file of them. Whoever gives a socket a list of authorities
 * takes these away, and Node 20 does not tell them.
 */
export function extraAuthorities(environment: Cli['environment']): string | undefined {
  const path = environment?.['NODE_EXTRA_CA_CERTS'] ?? ''
  if (path === '') return undefined
  try {
    return readOctets(path).toString('latin1')
  } catch {
    // Node itself has said that it passes such a file over, and so do we.
    return undefined
  }
}
