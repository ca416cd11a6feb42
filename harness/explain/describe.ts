import type { Check } from '#saml/rules/ask-all'
import { legibleText } from '#server/legible-text'
import type { ExplainedMessage } from './explain-all.ts'
import type { Explained } from './explained.ts'
import type { Found } from './found-message.ts'
import { type Inks, plain } from './inks.ts'

/** How much of a value of somebody else is shown. */
const longest = 500

/** What was found and said, for people: a paragraph for each message, in their order, and at the end what could not be read. */
export function describe({ isCapture, unread }: Found, all: readonly ExplainedMessage[], inks: Inks = plain): string {
  const messages = all.map((one, index) => describeOne(one, { count: isCapture ? index + 1 : undefined, inks }))
  const rest = unread.map((sentence) => `Not read: ${legibleText(sentence)}\n`)
  return [...messages, ...summary(isCapture, all), ...(rest.length > 0 ? [rest.join('')] : [])].join('\n')
}

function summary(isCapture: boolean, all: readonly ExplainedMessage[]): readonly string[] {
  if (!isCapture) return []
  const refused = all.filter(({ explained }) => !explained.accepted).length
  return [`${all.length} ${all.length === 1 ? 'message' : 'messages'}, ${refused === 0 ? 'none' : refused} refused.\n`]
}

interface Showing {
  readonly count: number | undefined
  readonly inks: Inks
}

function describeOne({ message, moment, explained }: ExplainedMessage, { count, inks }: Showing): string {
  const verdict = explained.accepted ? inks.good('accepted') : inks.bad(`refused, ${explained.refusal}`)
  const broken = explained.checks.find(({ holds }) => holds === false)
  const lines = [
    `${count === undefined ? '' : `${count}. `}${inks.strong(titleOf(explained))}: ${verdict}`,
    ...(broken?.message ? [`  ${shown(broken.message)}`] : []),
    '',
    ...facts([
      ['Seen', message.where],
      ['Realm', explained.realm],
      ['ID', explained.id],
      ['From', explained.from],
      ['To', explained.to],
      [
        'At',
        moment.isItsOwn
          ? `${moment.at}, its own IssueInstant: it is older than a day, and --clock says otherwise`
          : moment.at,
      ],
      ...message.notes.map((note) => ['Note', note] as const),
    ]),
    '',
    ...explained.checks.flatMap((check) => linesOf(check, inks)),
    ...sessions(explained),
  ]
  return `${lines.join('\n')}\n`
}

function titleOf({ kind, binding }: Explained): string {
  return `${kind ?? 'A message that cannot be read'}${binding === null ? '' : ` by ${binding}`}`
}

function facts(named: readonly (readonly [name: string, value: string | null | undefined])[]): readonly string[] {
  const known = named.filter(([, value]) => value !== null && value !== undefined)
  const width = Math.max(...known.map(([name]) => name.length))
  return known.map(([name, value]) => `  ${name.padEnd(width)}  ${shown(value ?? '')}`)
}

function linesOf({ rule, holds, message, expected, actual, clause, hint }: Check, inks: Inks): readonly string[] {
  if (holds === true) return [`  ${inks.good('✓')} ${rule}`]
  if (holds === null) return [`  ${inks.faint('–')} ${rule}${message === null ? '' : `: ${shown(message)}`}`]
  const details = facts([
    ['expected', asText(expected)],
    ['actual', asText(actual)],
    ['clause', clause],
    ['hint', hint],
  ])
  return [
    `  ${inks.bad('✗')} ${inks.strong(rule)}`,
    ...(message === null ? [] : [`      ${shown(message)}`]),
    ...details.map((line) => `    ${line}`),
  ]
}

function sessions({ wouldInvalidate, nearest = [] }: Explained): readonly string[] {
  if (wouldInvalidate === undefined || wouldInvalidate === null) return []
  const pairs =
    wouldInvalidate === 0
      ? 'no pair of tokens'
      : `${wouldInvalidate} ${wouldInvalidate === 1 ? 'pair' : 'pairs'} of tokens`
  const logins = nearest.map(({ token, differsIn }) => `    ${shown(token)} differs in ${shown(differsIn.join(', '))}`)
  return ['', `  Would invalidate ${pairs}.${logins.length > 0 ? ' Nearest:' : ''}`, ...logins]
}

function asText(value: unknown): string | null {
  if (value === null || value === undefined) return null
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** In one line, with nothing in it that a terminal would obey. */
function shown(text: string): string {
  const legible = legibleText(text)
  return legible.length > longest ? `${legible.slice(0, longest)}…` : legible
}
