/** One thing that a sender or a receiver of logout messages has to do, and what keeps it. */
export interface Requirement {
  readonly number: string
  /** Who has to: the identity provider, the service provider, or both. */
  readonly who: string
  /** How strongly it is asked. */
  readonly level: string
  /** What is asked, in words of our own. */
  readonly says: string
  /** The test files in which tests carry the number. */
  readonly keptBy: readonly string[]
  /** Why it is not claimed, or what the tests leave open; empty when nothing is. */
  readonly note: string
}

/**
 * Reads a table of `number | who | level | what is asked | tests | note`, one requirement a line; a test is named without its `.test.ts`.
 * @throws TypeError naming a line that has neither tests nor a note, or other columns.
 */
export function readRequirements(table: string): readonly Requirement[] {
  const lines = table.split('\n').filter((line) => line.trim() !== '')
  return lines.map((line) => {
    const [number = '', who = '', level = '', says = '', tests = '', note = '', ...more] = line
      .split('|')
      .map((cell) => cell.trim())
    const keptBy = tests.split(' ').filter((name) => name !== '')
    const isWhole = [number, who, level, says].every((cell) => cell !== '') && (keptBy.length > 0 || note !== '')
    if (!isWhole || more.length > 0) throw new TypeError(`this is no requirement: ${line}`)
    return { number, who, level, says, keptBy: keptBy.map(fileOf), note }
  })
}

const fileOf = (name: string) => (name.endsWith('.ts') ? name : `${name}.test.ts`)
