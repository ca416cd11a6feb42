import { type LookupAddress, lookup } from 'node:dns'
import type { LookupFunction } from 'node:net'

const loopback: LookupAddress[] = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
]

/** `localhost` and every name below it are the loopback address (RFC 6761 §6.3). */
export function isLocalhostName(hostname: string): boolean {
  return /(^|\.)localhost\.?$/i.test(hostname)
}

/** For Node's `lookup` option: resolves `*.localhost` as browsers do, where the system's resolver may not. */
export const lookupLocalhost: LookupFunction = (hostname, options, callback) => {
  if (!isLocalhostName(hostname)) {
    lookup(hostname, options, callback)
    return
  }
  const wanted = loopback.filter(({ family }) => !isOtherFamily(options.family, family))
  if (options.all === true) callback(null, wanted)
  else callback(null, wanted[0]?.address ?? '127.0.0.1', wanted[0]?.family ?? 4)
}

function isOtherFamily(asked: number | 'IPv4' | 'IPv6' | undefined, family: number): boolean {
  return asked !== undefined && asked !== 0 && asked !== family && asked !== `IPv${family}`
}

/** Options for a connection to an address, which may be below `localhost`. Node gives an address up that has not answered for 250 ms and tries the next; this machine, where nobody is refused late, may only be busy. */
export function connectTo({ hostname }: URL) {
  const patience = isLocalhostName(hostname) ? { autoSelectFamilyAttemptTimeout: busyMs } : {}
  return { ...patience, lookup: lookupLocalhost }
}

const busyMs = 60_000
