import type { Child } from 'hono/jsx'
import { legibleText } from '#server/legible-text'
import type { Arrow, Diagram, Mark, Row } from './diagram.ts'
import type { Lane } from './lanes.ts'

interface DiagramProps {
  readonly diagram: Diagram
  /** Where more about an entry stands; nowhere when absent. */
  readonly href?: (seq: number) => string
}

const roles: Readonly<Record<Lane['role'], string>> = {
  idp: 'identity provider',
  es: 'Elasticsearch',
  app: 'application',
  partner: 'partner',
  stranger: '',
}

/** A sequence diagram as a list, which is how it is read aloud: each row says in words what its arrow shows. Its looks are `diagramStyle`. */
export function DiagramView({ diagram, href }: DiagramProps) {
  const { rows } = diagram
  const lanes = diagram.lanes.map(legible)
  return (
    <div class={`diagram lanes-${lanes.length}`}>
      <div class="lanes" aria-hidden="true">
        {lanes.map(({ name, role, title }) => (
          <div class={role} title={title}>
            <b>{name}</b>
            {roles[role] !== '' && <small>{roles[role]}</small>}
          </div>
        ))}
      </div>
      <ol aria-label="What happened, oldest first">
        {rows.map((row) => (
          <RowView row={row} lanes={lanes} href={href?.(row.seq)} />
        ))}
      </ol>
    </div>
  )
}

const legible = ({ name, role, title }: Lane): Lane => ({
  name: legibleText(name),
  role,
  title: title && legibleText(title),
})

function RowView({ row, lanes, href }: { row: Row; lanes: readonly Lane[]; href: string | undefined }) {
  const isArrow = 'verdict' in row
  const inner = (
    <>
      <span class="seq">{row.seq}</span>
      {isArrow ? <ArrowTrack arrow={row} lanes={lanes} /> : <MarkTrack mark={row} lanes={lanes} />}
      {isArrow && <Says arrow={row} />}
    </>
  )
  const kind = isArrow ? `${row.kind === 'call' ? 'thin' : 'message'} ${row.verdict}` : row.kind
  return <li class={kind}>{href === undefined ? <span>{inner}</span> : <a href={href}>{inner}</a>}</li>
}

function ArrowTrack({ arrow: { from, to, label, details }, lanes }: { arrow: Arrow; lanes: readonly Lane[] }) {
  const way = from === to ? 'self' : from < to ? 'to-right' : 'to-left'
  return (
    <span class={`track at-${Math.min(from, to)} over-${Math.abs(from - to)} ${way}`}>
      <span class="label">
        <b>{breakable(label)}</b> <span class="unseen">{`from ${lanes[from]?.name} to ${lanes[to]?.name}`}</span>{' '}
        <Details details={details} />
      </span>
    </span>
  )
}

function MarkTrack({ mark: { lane, label, details }, lanes }: { mark: Mark; lanes: readonly Lane[] }) {
  return (
    <span class={`track at-${lane} over-0`}>
      <span class="label">
        <b>{label}</b> <span class="unseen">{`at ${lanes[lane]?.name}`}</span> <Details details={details} />
      </span>
    </span>
  )
}

function Details({ details }: { details: readonly string[] }) {
  return details.length === 0 ? null : <small>{legibleText(details.join(' · '))}</small>
}

/** A path may go on in the next line behind any of its parts. */
function breakable(label: string): Child {
  const parts = legibleText(label).split(/(?<=[^ ]\/)/)
  return parts.length === 1 ? parts[0] : parts.flatMap((part) => [part, <wbr />])
}

const words = { accepted: '✓ accepted', refused: '✗ refused', unjudged: 'sent' }

function Says({ arrow: { verdict, refusal, faults, kind } }: { arrow: Arrow }) {
  return (
    <span class="says">
      {!(kind === 'call' && verdict === 'accepted') && <b>{words[verdict]}</b>}
      {refusal !== undefined && (
        <>
          {' '}
          <code>{refusal.code}</code> <small>{legibleText(refusal.message)}</small>
        </>
      )}
      {faults.length > 0 && (
        <>
          {' '}
          <em>⚡ fault {faults.join(', ')}</em>
        </>
      )}
    </span>
  )
}
