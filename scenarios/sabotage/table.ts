import type { Caught } from './sabotage.ts'

/** For a terminal: what was done, and who noticed. */
export function lineOf({ sabotage, by, sentence }: Caught): string {
  if (by === undefined) return `SURVIVED ${sabotage.id}: ${sabotage.what}`
  return `caught   ${sabotage.id} by ${by}: ${shortened(sentence)}`
}

type Row = readonly string[]

/**
 * docs/sabotage.md with what came of some sabotages in it; of the others the rows stay that it had.
 *
 * @param ids of all sabotages, in the order of the table
 */
export function documentOf(ids: readonly string[], caught: readonly Caught[], before: string): string {
  const rows = new Map([...rowsIn(before), ...caught.filter(({ by }) => by !== undefined).map(rowOf)])
  const cells = ids.map((id) => rows.get(id)).filter((row) => row !== undefined)
  return `${introduction(cells.length)}\n${tableOf([['Sabotage', 'What the product does', 'Caught by', 'Because'], ...cells])}\n`
}

const introduction = (count: number) => `# Sabotage

A story is worth something if it fails where the product is wrong. \`npm run sabotage -- --write\` changes a copy of the product in one place at a time, has
the copy tell the catalogue over HTTP, and writes down the first story that did not hold, and why. None of ${count} sabotages survived.
`

/** The ids that a document has a row of. */
export const idsIn = (document: string): readonly string[] => [...rowsIn(document).keys()]

function rowsIn(document: string): ReadonlyMap<string, Row> {
  const lines = document.split('\n').filter((line) => line.startsWith('| `'))
  const rows = lines.map((line) => line.split(/(?<!\\)\|/).slice(1, -1))
  return new Map(rows.map((row) => [(row[0] ?? '').replaceAll(/[ `]/g, ''), row.map((cell) => cell.trim())]))
}

function rowOf({ sabotage: { id, what }, by, sentence }: Caught): [string, Row] {
  return [id, [`\`${id}\``, what, `\`${by}\``, cellOf(sentence)]]
}

/** Every column as wide as its widest cell. */
function tableOf([head = [], ...rows]: readonly Row[]): string {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)))
  const lineOfTable = (row: Row, filler = ' ') =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0, filler)).join(' | ')} |`
  const rule = lineOfTable(
    head.map(() => ''),
    '-',
  )
  return [lineOfTable(head), rule, ...rows.map((row) => lineOfTable(row))].join('\n')
}

const longest = 160

/** In one line, and without the ports, which are others each time. */
function shortened(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').replaceAll(/(localhost):\d+/g, '$1')
  return line.length > longest ? `${line.slice(0, longest)}…` : line
}

const cellOf = (text: string): string => shortened(text).replaceAll(/[|<>*[\]]/g, '\\$&')
