import { isInstant, parseInstant } from '#saml/instants'
import { mostSeconds } from '../config-values.ts'
import { MintRefusal } from './mint-refusal.ts'
import type { MintedKind, WantedMessage } from './wanted-message.ts'

type OfSome = 'session' | 'nameId' | 'sessionIndex' | 'inResponseTo' | 'status'

/** The fields that not every message has. */
const fieldsOf: Readonly<Record<MintedKind, readonly OfSome[]>> = {
  LogoutRequest: ['session', 'nameId', 'sessionIndex'],
  LogoutResponse: ['inResponseTo', 'status'],
  Response: ['session', 'nameId', 'sessionIndex', 'inResponseTo', 'status'],
}

/** @throws MintRefusal when a message of this kind cannot say what is wanted. */
export function checkWanted(wanted: WantedMessage): void {
  const { kind, binding, relayState } = wanted
  const stray = fieldsOf.Response.find((field) => !fieldsOf[kind].includes(field) && isSaid(wanted[field]))
  if (stray !== undefined) {
    const says = `${stray}: a ${kind} has none, only ${fieldsOf[kind].join(', ')} can be said of it`
    throw new MintRefusal('invalid', says, { path: stray, expected: fieldsOf[kind] })
  }
  if (binding === 'soap' && isSaid(relayState)) {
    const says = 'relayState: by SOAP none travels, expected binding redirect or post'
    throw new MintRefusal('invalid', says, { path: 'relayState', actual: relayState })
  }
}

const isSaid = (value: unknown): boolean => value !== undefined && value !== null

/** From there to there what lives for `mostSeconds` ends at an instant that can be written: years have four digits, and there is no year 0 (xs:dateTime). */
const earliest = Date.parse('0001-01-01T00:00:00Z')
const latestYear = 9999 - mostSeconds / 31_557_600

/**
 * The moment at which a message claims to be written, in epoch milliseconds.
 * @throws MintRefusal when it names none, or one from which no validity could be written.
 */
export function momentOf(at: string): number {
  const moment = isInstant(at) ? parseInstant(at) : Number.NaN
  if (moment >= earliest && moment < Date.UTC(latestYear, 0)) return moment
  const expected = `an instant such as 2031-05-04T12:00:00.000Z, before the year ${latestYear}`
  const actual = at.slice(0, 64)
  throw new MintRefusal('invalid', `at: expected ${expected}, found [${actual}]`, { path: 'at', expected, actual })
}
