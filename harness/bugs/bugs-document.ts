import { type Answer, type Bug, isShown, type ShownBug } from './bug.ts'
import { bugs, families } from './bugs.ts'
import { isRunByTest } from './is-run-by-test.ts'

const introduction = `# Logout bugs of the field, and how to make each happen here

For whoever has a logout bug, or fears one. Made from \`harness/bugs/\` by \`npx vitest run harness/bugs -u\`. Each row has the symptom, the threads in which it was reported, one line of JSON that makes it happen, and what Elasticsearch 9.2 answers; or why sloop cannot show it.

A line names operations of the [control API](control.md), done one after the other, each with its body; \`world\` is what the lab begins with where the default world does not do. \`$IDP\` is the address of the IdP, \`$SESSION\` and \`$SESSION_INDEX\` are those of the
login, \`$TO\` is the entity id of the service provider. \`mint\` is also told \`to\`, and \`session\` or (a LogoutResponse) \`inResponseTo\`. A minted LogoutRequest goes to \`invalidate\`, a LogoutResponse to \`complete_logout\`, a Response to \`authenticate\`; what
was posted or called goes there as a body that was not understood. Where nothing is minted, the application logs out.
`

/** The page of all bugs (`docs/bugs.md`). */
export function bugsDocument(): string {
  const sections = Object.entries(families).map(([name, rows]) => `## ${name}\n\n${rows.map(row).join('\n')}`)
  return [introduction, counts(), ...sections].join('\n')
}

function counts(): string {
  const shown = bugs.filter(isShown)
  const run = shown.filter(isRunByTest).length
  const without = bugs.length - shown.length
  return `${bugs.length} rows: ${run} with a line that a test runs, ${shown.length - run} with a line that no test runs, ${without} with a reason.\n`
}

function row(bug: Bug): string {
  const { id, symptom } = bug
  return [`### ${id}`, '', symptom, '', `- Reported: ${reported(bug)}`, ...(isShown(bug) ? shown(bug) : untold(bug))]
    .join('\n')
    .concat('\n')
}

function shown(bug: ShownBug): readonly string[] {
  const { line, elasticsearch } = bug
  const says = typeof elasticsearch === 'string' ? elasticsearch : answered(elasticsearch)
  return [
    `- \`${JSON.stringify(line)}\``,
    `- Elasticsearch: ${says}`,
    `- ${isRunByTest(bug) ? 'Run by a test' : 'Not run by a test'}`,
  ]
}

const untold = (bug: Exclude<Bug, ShownBug>) => [`- Not shown: ${bug.because}`]

function reported({ threads }: Bug): string {
  if (threads === '') return 'read in the source of Elasticsearch or Kibana'
  return threads.split(' ').map(link).join(', ')
}

function link(thread: string): string {
  const [repository, number] = thread.split('#')
  return `[${thread}](https://github.com/${repository}/issues/${number})`
}

function answered({ call, status, reason, invalidated, redirect, redirectLacks }: Answer): string {
  const refused = reason === undefined ? '' : `, \`${reason}…\``
  return [
    `\`${call}\` answers ${status ?? '4xx or 5xx'}${refused}`,
    ...(invalidated === undefined ? [] : [`\`invalidated: ${invalidated}\``]),
    ...(redirect === undefined ? [] : [redirect === null ? '`redirect: null`' : `\`redirect\` with \`${redirect}\``]),
    ...(redirectLacks === undefined ? [] : [`\`redirect\` without \`${redirectLacks}\``]),
  ].join(', ')
}
