import type { Caught } from './sabotage.ts'

/** For a terminal: what was done, and who noticed. */
export function lineOf({ sabotage, by, sentence }: Caught): string {
  if (by === undefined) return `SURVIVED ${sabotage.id}: ${sabotage.what}`
  return `caught   ${sabotage.id} by ${by}: ${sentence}`
}

/** docs/sabotage.md. */
export function documentOf(caught: readonly Caught[]): string {
  const rows = caught.map(({ sabotage, by, sentence }) => [`\`${sabotage.id}\``, sabotage.what, `\`${by}\``, sentence])
  return `# Sabotage

A story is worth something if it fails where the product is wrong. \`npm run sabotage -- --write\` changes one line of a copy of the product at a time, has the copy tell the
catalogue over HTTP, and writes down the first story that did not hold and what it said: ${caught.length} sabotages, none of which survived.

${[['Sabotage', 'The product …', 'Caught by', 'It said'], ['---', '---', '---', '---'], ...rows].map(rowOf).join('\n')}
`
}

const longest = 160

const rowOf = (cells: readonly string[]): string => `| ${cells.map(cellOf).join(' | ')} |`

function cellOf(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').replaceAll('|', '\\|').replaceAll('<', '&lt;')
  return line.length > longest ? `${line.slice(0, longest)}…` : line
}
