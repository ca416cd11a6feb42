import { duration } from './duration.ts'

/** When a message may be believed, and when it was looked at. All instants are epoch milliseconds. */
interface Moment {
  /** What the clock of the receiver said. */
  readonly now: number
  readonly skewMs: number
  /** From when on: a NotBefore, or an IssueInstant that may not lie in the future. */
  readonly notBefore?: number | undefined
  /** Until when: a NotOnOrAfter, or an IssueInstant and the time for which a message without one is fresh. */
  readonly notOnOrAfter?: number | undefined
  /** When the sender's clock said that it wrote the message. */
  readonly issueInstant?: number | undefined
}

/**
 * What would have made a rule about time hold, which is `notBefore <= now + skewMs` and `now - skewMs < notOnOrAfter`: by how much the clock would have to
 * stand otherwise, what skew would be enough, and whether the clocks of the two differ as time zones do. Undefined when it holds, and when no instant is
 * given. Whoever judges an IssueInstant gives it as what it is compared with: `notBefore`, or `notOnOrAfter` with what is added to it.
 */
export function hintForTime(moment: Moment): string | undefined {
  const { now, skewMs, notBefore = Number.NEGATIVE_INFINITY, notOnOrAfter = Number.POSITIVE_INFINITY } = moment
  const least = notBefore - skewMs - now
  const most = notOnOrAfter + skewMs - now
  if (least <= 0 && most > 0) return undefined
  if (least >= most)
    return 'no clock would do: the time from which on it is valid is not before the time at which it ends'
  const clock = least > 0 ? later(least, most) : earlier(-most, -least)
  const skew = least > 0 ? secondsUp(notBefore - now) : secondsUp(now - notOnOrAfter + 1)
  return `it would hold if this clock stood ${clock}, or with a skew of at least ${skew} s${zoneOf(moment)}`
}

const secondsUp = (ms: number) => Math.ceil(ms / 1_000)

/** Rounded inwards, so that it is true to the second. */
function later(least: number, most: number): string {
  const from = duration(secondsUp(least) * 1_000)
  return Number.isFinite(most)
    ? `${from} to ${duration(secondsUp(most - 1_000) * 1_000)} later`
    : `${from} later or more`
}

function earlier(least: number, most: number): string {
  const from = duration((Math.floor(least / 1_000) + 1) * 1_000)
  return Number.isFinite(most)
    ? `${from} to ${duration(Math.floor(most / 1_000) * 1_000)} earlier`
    : `${from} earlier or more`
}

const zoneStepMs = 30 * 60_000
const widestZoneMs = 14 * 3_600_000
/** As long as a message may take on its way, and clocks differ that are set by the network. */
const underwayMs = 30_000

/** The offsets of time zones are whole or half hours. */
function zoneOf({ now, issueInstant }: Moment): string {
  if (issueInstant === undefined) return ''
  const difference = Math.abs(now - issueInstant)
  const nearest = Math.round(difference / zoneStepMs) * zoneStepMs
  if (nearest === 0 || nearest > widestZoneMs || Math.abs(difference - nearest) > underwayMs) return ''
  const rest = difference === nearest ? 'exactly' : `within ${duration(underwayMs)}`
  const side = now > issueInstant ? 'behind' : 'ahead of'
  return `; the sender's clock is ${rest} ${duration(nearest)} ${side} this one: a local time that was written as UTC?`
}
