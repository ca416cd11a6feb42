import { resolveBehaviour } from '../behaviour.ts'
import { mintedKinds } from '../mint/wanted-message.ts'
import { standingChange } from './manner-of.ts'
import { type PersonalityName, personalities, personalityNames } from './personalities.ts'
import type { Quirk } from './personality.ts'

const introduction = `# Personalities: how other identity providers run a logout

For whoever will log out at another product in the end. Made from \`idp/personalities/\` by \`npx vitest run idp/personalities -u\`. \`idp: { personality: adfs }\` in a world, or \`PATCH /_sloop/idp/behaviour\`, makes the IdP behave and write like a product, as far as that is public; what is not known is as sloop does it. What the
world says itself wins over the personality, key by key, and so does the \`change\` of a message over what the personality changes in it. A change that a message cannot take is not made.
`

/** The page that shows all personalities side by side, each quirk with its sources. */
export function personalitiesDocument(): string {
  const sections = personalityNames.filter((name) => name !== 'none').map(section)
  return [introduction, sideBySide(), '', ...sections].join('\n')
}

/** One row a personality, as the formatter writes a table. */
function sideBySide(): string {
  const head = ['personality', 'tolerates', 'takes logouts by', 'asks', 'initiator', ...mintedKinds.map(kindColumn)]
  const rows = [head, ...personalityNames.map(cells)]
  const widths = head.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)))
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`
  const [first = head, ...others] = rows
  return [line(first), rule, ...others.map(line)].join('\n')
}

const kindColumn = (kind: string): string => `changes in a ${kind}`

function cells(name: PersonalityName): readonly string[] {
  const { tolerate, singleLogout, logout } = resolveBehaviour({ personality: name })
  const ways = singleLogout.map(({ binding }) => binding).join(', ')
  const changes = mintedKinds.map((kind) => standingChange(name, kind))
  return [
    `\`${name}\``,
    tolerate.join(', ') || 'nothing',
    ways || 'nothing',
    logout.propagation === 'frames' ? 'in frames' : 'in a chain',
    logout.initiator === 'askedToo' ? 'asked too' : 'left out',
    ...changes.map((change) => (change === undefined ? '' : `\`${JSON.stringify(change)}\``)),
  ]
}

function section(name: PersonalityName): string {
  const { product, quirks } = personalities[name]
  return `## ${product}: \`${name}\`\n\n${quirks.map(quirkLine).join('')}`
}

function quirkLine({ says, sources, manner, changes }: Quirk): string {
  const made = manner === undefined && changes === undefined ? ' Not made here.' : ''
  return `- ${says}${made} Source: ${sources.map(source).join(', ')}\n`
}

/** A row of the catalogue, or an address with or without words behind it. */
function source(text: string): string {
  if (!text.startsWith('https://')) return `[${text}](bugs.md#${text.toLowerCase()})`
  const [address = '', ...words] = text.split(' ')
  return [`<${address}>`, ...words].join(' ')
}
