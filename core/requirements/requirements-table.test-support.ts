import { badInput } from './bad-input.test-support.ts'
import { logoutRequirements } from './logout-requirements.test-support.ts'
import type { Requirement } from './requirement.test-support.ts'

const introduction = `# What is asked of single logout, and which tests keep it

For whoever asks which rule of SAML is kept, and how one knows. This file is made from \`core/requirements/\` by \`npx vitest run core/requirements.test.ts -u\`, which also looks into every test that is named here: the number must stand in the title of a test of that file, or of a table that it
imports, or in the comment above one.
`

/** The whole document. */
export function requirementsDocument(): string {
  return [
    introduction,
    '## SAML 2.0 and its deployment profiles\n',
    tableOf(['No', 'Who', 'Level', 'What', 'Kept by', 'But'], logoutRequirements),
    '\n## Bad input\n',
    'For what reaches an identity provider, a reader of metadata, or everybody. What is refused ends nothing, and is told to the person or in a fault.\n',
    tableOf(['No', 'Where', 'Expected', 'Input', 'Kept by', 'But'], badInput),
    '',
  ].join('\n')
}

/** A table in which every column is as wide as its widest cell, as the formatter writes it. */
function tableOf(head: readonly string[], requirements: readonly Requirement[]): string {
  const rows = [head, ...requirements.map(cellsOf)]
  const widths = head.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)))
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`
  const [first = head, ...others] = rows
  return [line(first), rule, ...others.map(line)].join('\n')
}

function cellsOf({ number, who, level, says, keptBy, note }: Requirement): readonly string[] {
  return [number, who, level, says, keptBy.map((file) => `\`${file}\``).join(', '), note]
}
