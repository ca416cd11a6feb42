import { takenBy } from './accepted-values.ts'
import type { ActName, NetworkAct } from './condition.ts'
import { queryRewritings } from './rewrite-query.ts'

const introduction = () => `# Network conditions

For whoever has a proxy, or none, between the parties of a logout. Made from \`scenarios/network/\` by \`npx vitest run scenarios/network -u\`. What a network does between two parties of a lab is a value:

\`\`\`ts
import { startLab } from 'sloop'
import { startNetwork } from 'sloop/scenarios'

const network = await startNetwork([
  { to: 'app', carrying: 'SAMLRequest', does: { query: 'reordered' } },
  { to: 'es', path: '/_security/saml/logout', times: 1, does: { status: 503 } },
])
const lab = await startLab({ inFront: network.inFront })
// … log out …
network.fired() // [1, 0]: the second condition never acted, so nothing was shown of it
\`\`\`

A condition stands in front of one party, and meets whoever calls there by its address:

${callers()}

- \`carrying\`: only requests with a parameter \`SAMLRequest\` or \`SAMLResponse\`, in the query or in a posted form.
- \`path\`: only requests for this path, as it is sent; \`/slo/*\` is \`/slo\` and all that are below it.
- \`times\`: only the first so many that it can do something to; \`always\` unless said.
- A condition acts, and \`fired()\` counts it, when it decides what becomes of a request. A rewriting that changes nothing has not acted.
- Conditions act in their order, each on what the earlier ones made of the request; after one that ends it none does. \`path\` and \`carrying\` are about the request as it was sent.
- What nobody acts on is passed on octet for octet. A caller whose request is held back when the lab closes is cut off.
- An application hands what comes to \`/logout\` on to itself, to \`/api/security/logout\`: who means one of them says so by \`path\`.
- Not shown: what speaks TLS; a name that cannot be resolved (\`resets: 'request'\` is nearest); octets above 127 in an address, which no party of ours takes. Our parties believe what they were told of their address at the start and nothing that a proxy says.
`

const callers = () =>
  table(
    ['`to`', 'who calls'],
    [
      ['`idp`', 'browsers; partners and realms that fetch metadata'],
      ['`es`', 'applications, with every call of the SAML API'],
      ['the name of an application', 'browsers'],
      ['the name of a partner', 'browsers; the identity provider, which logs out by SOAP and fetches metadata'],
    ],
  )

const examples: Readonly<Record<ActName, NetworkAct>> = {
  query: { query: 'plusToSpace', of: 'Signature' },
  address: { address: { scheme: 'http', host: 'inner', port: 8080, path: '/saml' } },
  delayMs: { delayMs: 2_000 },
  answerDelayMs: { answerDelayMs: 2_000 },
  drops: { drops: 'answer' },
  duplicates: { duplicates: true },
  status: { status: 500 },
  resets: { resets: 'request' },
  longestUrl: { longestUrl: 2_048 },
}

const says: Readonly<Record<ActName, string>> = {
  query: 'Another spelling of the query arrives, of one parameter alone where `of` names it',
  address:
    'The party is told another address than the one that was called: `scheme` in `X-Forwarded-Proto`, `host` and `port` in `Host`, `X-Forwarded-Host` and `X-Forwarded-Port`, `path` in place of the path',
  delayMs: 'The request arrives so many milliseconds later, also when its caller has given up meanwhile',
  answerDelayMs: 'The request arrives at once, its answer so many milliseconds later',
  drops: 'The request never arrives, or its answer never comes: the caller waits for as long as it likes to',
  duplicates: 'The request arrives twice, one after the other; the caller sees the second answer',
  status: 'The caller is given this status, and the request never arrives',
  resets: "The caller's connection is reset, before the request arrives or in place of its answer",
  longestUrl: 'A request whose path and query have more octets is answered 414 and never arrives',
}

/** The page of all conditions (`docs/network.md`). */
export function networkDocument(): string {
  const acts = Object.entries(says).map(([name, sentence]) => {
    const act = name as ActName
    return [`\`${JSON.stringify(examples[act])}\``, `${sentence}. ${sentenceOf(takenBy[act].expected)}`]
  })
  const rewritings = Object.entries(queryRewritings).map(([name, sentence]) => [`\`${name}\``, sentence])
  return [
    introduction(),
    `## What it does\n\n${table(['`does`', 'what happens'], acts)}\n`,
    `## Spellings of a query\n\nOf the octets between \`?\` and the end, which a signature of the Redirect binding is over.\n\n${table(['`query`', 'what arrives'], rewritings)}\n`,
  ].join('\n')
}

const sentenceOf = (expected: string): string => `Takes ${expected}.`

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)))
  const line = (cells: readonly string[]) => `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n')
}
