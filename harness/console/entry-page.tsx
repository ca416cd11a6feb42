import { legibleText } from '#server/legible-text'
import { diagramStyle } from '../diagram/diagram-style.ts'
import type { JournalEntry } from '../journal/entry-schema.ts'
import { Layout } from '../pages/layout.tsx'
import { ChecksView } from './checks-view.tsx'
import { consoleStyle } from './console-style.ts'
import { type Neighbours, signedOctets } from './entry-parts.ts'
import type { Explained } from './explain-message.ts'
import { Links } from './links.tsx'
import { XmlView } from './xml-view.tsx'

interface EntryProps {
  readonly entry: JournalEntry
  readonly neighbours: Neighbours
  /** What our rules make of it; undefined of what none of ours judges. */
  readonly explained?: Explained | undefined
  readonly root: string
  readonly at: string
}

export const entryParts = { styles: [diagramStyle, consoleStyle] } as const

/** All that is known of one entry of the journal. */
export function EntryPage({ entry, neighbours, explained, root, at }: EntryProps) {
  const { seq, what, wire, document, refusal } = entry
  const octets = signedOctets(entry)
  return (
    <Layout title={`${what} ${seq}`} about={at} {...entryParts} links={<Links root={root} />}>
      <main id="main" class="console detail">
        <nav class="pages" aria-label="Entries">
          <a href={root}>All messages</a>
          {neighbours.previous !== undefined && (
            <a href={`${root}journal/${neighbours.previous}`} rel="prev">
              ← {neighbours.previous}
            </a>
          )}
          {neighbours.next !== undefined && (
            <a href={`${root}journal/${neighbours.next}`} rel="next">
              {neighbours.next} →
            </a>
          )}
        </nav>
        <h1>
          {what} <span class="quiet">entry {seq}</span>
        </h1>
        {refusal !== null && <Refusal refusal={refusal} />}
        <section class="card" aria-label="Facts">
          <Facts entry={entry} neighbours={neighbours} root={root} />
        </section>
        {explained !== undefined && (
          <section class="card" aria-labelledby="checks">
            <h2 id="checks">What each rule makes of it now</h2>
            <ChecksView explained={explained} />
          </section>
        )}
        {document !== null && (
          <section class="card" aria-labelledby="document">
            <h2 id="document">What it says</h2>
            <XmlView document={document} />
          </section>
        )}
        {wire !== null && (
          <section class="card" aria-labelledby="wire">
            <h2 id="wire">As it travelled</h2>
            <pre>{`${wire.method} ${legibleText(wire.url)}${wire.body === null ? '' : `\n\n${inLines(wire.body)}`}`}</pre>
          </section>
        )}
        {octets !== undefined && (
          <section class="card" aria-labelledby="octets">
            <h2 id="octets">What its signature is over</h2>
            <pre>{legibleText(octets)}</pre>
          </section>
        )}
      </main>
    </Layout>
  )
}

const inLines = (text: string): string => text.split('\n').map(legibleText).join('\n')

function Refusal({ refusal }: { refusal: NonNullable<JournalEntry['refusal']> }) {
  const { code, message, expected, actual } = refusal
  return (
    <section class="card problem" aria-label="Refusal">
      <p>
        <strong>✗ refused</strong> <code>{code}</code>: {legibleText(message)}
      </p>
      {expected !== null && <Value name="expected" value={expected} />}
      {actual !== null && <Value name="actual" value={actual} />}
    </section>
  )
}

function Value({ name, value }: { name: string; value: unknown }) {
  return (
    <p>
      {name} <code>{legibleText(typeof value === 'string' ? value : JSON.stringify(value))}</code>
    </p>
  )
}

const verdicts = { true: '✓ accepted', false: '✗ refused', null: 'not judged here' } as const

function Facts({ entry, neighbours, root }: Pick<EntryProps, 'entry' | 'neighbours' | 'root'>) {
  const { party, direction, signature, wire, httpStatus, notMade, endedBy, count, tokens } = entry
  const signed = signature && [signature.state, signature.algorithm].filter((each) => each !== null).join(', ')
  const facts: readonly (readonly [name: string, value: string | number | null])[] = [
    ['seen by', party === '' ? null : `${party}, ${direction ?? 'not a message'}`],
    ['from', entry.from],
    ['to', entry.to],
    ['binding', entry.binding],
    ['verdict', direction === 'received' || entry.accepted !== null ? verdicts[`${entry.accepted}`] : null],
    ['signature', signed],
    ['status', entry.status.join(' / ')],
    ['user', entry.user],
    ['NameID', entry.nameId],
    ['SessionIndex', entry.sessionIndexes.join(', ')],
    ['ID', entry.id],
    ['InResponseTo', entry.inResponseTo],
    ['address', wire && (wire.url.split('?', 1)[0] ?? '')],
    ['answered with', httpStatus],
    ['ended by', endedBy],
    ['how many', count],
    ['tokens', tokens.join(', ')],
    ['faults', entry.faults.join(', ')],
    ['minted', entry.minted ? 'yes: who asked for it delivers it, or not' : null],
    ['real time', entry.at],
    [`time of ${party === '' ? 'the party' : party}`, entry.clock],
    ...notMade.map(({ fault, key, why }) => [`${fault} could not`, `${key}: ${why}`] as const),
  ]
  return (
    <dl>
      {facts
        .filter(([, value]) => value !== null && value !== '')
        .map(([name, value]) => (
          <>
            <dt>{name}</dt>
            <dd>
              <bdi>{legibleText(String(value))}</bdi>
            </dd>
          </>
        ))}
      <SeqList name="the same message" seqs={neighbours.same} root={root} />
      <SeqList name="answers" seqs={neighbours.request} root={root} />
      <SeqList name="answered by" seqs={neighbours.answers} root={root} />
    </dl>
  )
}

function SeqList({ name, seqs, root }: { name: string; seqs: readonly number[]; root: string }) {
  if (seqs.length === 0) return null
  return (
    <>
      <dt>{name}</dt>
      <dd>
        {seqs.map((seq) => (
          <>
            <a href={`${root}journal/${seq}`}>entry {seq}</a>{' '}
          </>
        ))}
      </dd>
    </>
  )
}
