import { describeChanges } from '../../idp/changes/index.ts'
import { shapeOf } from './shape-of.ts'

const introduction = `# What can be wrong about a message on purpose

For whoever has a message go wrong, by \`mint\`, by \`signIn\` or as a [fault](faults-and-clocks.md). Made from the list that also checks and makes them; \`GET /_sloop/changes\` has it as JSON. A \`change\` is an object with any of these keys, which combine freely:
\`sloop mint LogoutRequest --to urn:my-app --session $S --change escapes=lower --change sessionIndex=none\`, \`"change"\` in the body of \`mint\` and \`signIn\`.
What a message cannot take is told with its reason: \`mint\` and \`signIn\` refuse it (409), a fault goes out right. What is not named is right.

The points, in their order: draft (what the message says), document (its XML), encoding (the values of the query), signing, envelope (the parameters of the
query), sending. By Redirect the parameters are encoded first, and the signature is over the octets that are sent: whatever is changed before it is covered by a
right signature.
`

/** The page of all changes: values, what each does on the wire, and the bugs of the field that it reproduces. */
export function changesPage(): string {
  return [introduction, ...describeChanges().map(section)].join('\n')
}

type Described = ReturnType<typeof describeChanges>[number]

function section({ name, point, values, says, onTheWire, bugs }: Described): string {
  return `## ${name}

${says}

- Values: \`${shapeOf(values)}\`
- On the wire: ${escaped(onTheWire)}
- Point: ${point}
- Reproduces: ${bugs.join(', ')}
`
}

/** Nothing in a sentence is markup. */
const escaped = (sentence: string): string => sentence.replaceAll(/[*_<`~]/g, '\\$&')
