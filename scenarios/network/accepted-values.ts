import { longestTimerMs } from '#server/timers'
import type { ActName, NetworkCondition, ToldAddress } from './condition.ts'
import { queryRewritings } from './rewrite-query.ts'

/** What may stand somewhere, in words, and whether a value is that. */
export interface Accepted {
  readonly expected: string
  readonly words?: readonly string[]
  readonly accepts: (value: unknown) => boolean
}

const oneOf = (...words: readonly string[]): Accepted => ({
  expected: `one of ${words.join(', ')}`,
  words,
  accepts: (value) => words.some((word) => word === value),
})

const integer = (least: number, most: number): Accepted => ({
  expected: `an integer from ${least} to ${most}`,
  accepts: (value) => Number.isInteger(value) && (value as number) >= least && (value as number) <= most,
})

const textWithout = (stray: RegExp, expected: string): Accepted => ({
  expected,
  accepts: (value) => typeof value === 'string' && value !== '' && !stray.test(value),
})

const path = textWithout(/^[^/]|[^!-~]|[?#]/, 'a path that begins with / and has neither blank nor query')
const side = oneOf('request', 'answer')
export const object: Accepted = {
  expected: 'an object',
  accepts: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
}

export const inCondition: Readonly<Record<keyof NetworkCondition, Accepted>> = {
  to: { expected: 'the name of a party', accepts: (value) => typeof value === 'string' },
  carrying: oneOf('SAMLRequest', 'SAMLResponse'),
  path,
  times: {
    expected: 'always, or how often from 1 on',
    accepts: (value) => value === 'always' || integer(1, longestTimerMs).accepts(value),
  },
  does: object,
}

/** What each act takes. */
export const takenBy: Readonly<Record<ActName, Accepted>> = {
  query: oneOf(...Object.keys(queryRewritings)),
  address: { ...object, expected: 'an object with scheme, host, port or path' },
  delayMs: integer(1, longestTimerMs),
  answerDelayMs: integer(1, longestTimerMs),
  drops: side,
  duplicates: { expected: 'true', accepts: (value) => value === true },
  status: integer(400, 599),
  resets: side,
  longestUrl: integer(1, longestTimerMs),
}

export const inAddress: Readonly<Record<keyof ToldAddress, Accepted>> = {
  scheme: oneOf('http', 'https'),
  host: textWithout(/[^!-~]|[/?#@]/, 'a host'),
  port: integer(1, 65_535),
  path,
}

/** An act, and what may stand beside one. */
export const inAct = { ...takenBy, of: textWithout(/[^!-~]|[&=]/, 'the name of a parameter') }
