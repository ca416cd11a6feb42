const number = /\b[CT]\d{2,3}\b/g
const blockComment = /\/\*[\s\S]*?\*\//g
const quoted = /'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`(?:\\.|[^`\\])*`/g

/**
 * The numbers of requirements that tests of a file carry: in a title or a row of a table, which are texts in quotes, or in a comment of whole lines directly above
 * a test. What any other comment says is about nothing that runs.
 */
export function numbersInTests(source: string): ReadonlySet<string> {
  const lines = source.replace(blockComment, '').split('\n')
  const found = lines.flatMap((line, at) => (isComment(line) ? aboveTest(lines, at) : quotedIn(line)))
  return new Set(found)
}

const isComment = (line: string) => line.trimStart().startsWith('//')

function aboveTest(lines: readonly string[], at: number): readonly string[] {
  const next = lines.slice(at).find((line) => !isComment(line)) ?? ''
  return /^\s*test\b/.test(next) ? (lines[at]?.match(number) ?? []) : []
}

function quotedIn(line: string): readonly string[] {
  const [code = ''] = line.split(' // ')
  return (code.match(quoted) ?? []).flatMap((text) => text.match(number) ?? [])
}
