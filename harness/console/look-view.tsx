import { DiagramView } from '../diagram/diagram-view.tsx'
import { LedgerCard } from './ledger-card.tsx'
import type { Look } from './look.ts'
import { FaultsCard, SessionsCard, TokensCard } from './state-cards.tsx'

interface LookProps {
  readonly look: Look
  readonly root: string
  readonly hasButtons: boolean
}

/** What changes while somebody looks: the diagram, and who is signed in. */
export function LookView({ look, root, hasButtons }: LookProps) {
  const { diagram, entries, sessions, tokens } = look
  return (
    <div class="watch">
      <section class="card" aria-labelledby="messages">
        <h2 id="messages">Messages</h2>
        {diagram.rows.length === 0 ? (
          <Nothing look={look} root={root} hasButtons={hasButtons} />
        ) : (
          <>
            {entries.notDrawn > 0 && <p class="quiet">{entries.notDrawn} older entries are not drawn.</p>}
            <DiagramView diagram={diagram} href={(seq) => `${root}journal/${seq}`} />
          </>
        )}
        <Downloads root={root} />
      </section>
      <aside>
        {look.ledger !== undefined && <LedgerCard ledger={look.ledger} root={root} />}
        {sessions !== undefined && <SessionsCard sessions={sessions} />}
        {tokens !== undefined && <TokensCard tokens={tokens} />}
        <FaultsCard look={look} />
      </aside>
    </div>
  )
}

function Nothing({ look: { entries, chosen, diagram }, root, hasButtons }: LookProps) {
  if (entries.all > 0 && isNarrowed(chosen)) {
    return (
      <p class="empty">
        Nothing of what was chosen is among the {entries.all === 1 ? '1 entry' : `${entries.all} entries`}.{' '}
        <a href={root}>Show all of them</a>
      </p>
    )
  }
  return (
    <div class="empty">
      <p>
        <strong>Nothing has been sent yet.</strong>{' '}
        {hasButtons
          ? 'Sign somebody in with the first button above, then log him out with the second, and watch each message here. The third shows what a refusal looks like.'
          : 'Log in at one of the applications, and each message stands here as soon as it is sent.'}
      </p>
      <p>
        Or log in yourself and come back. Here are {diagram.lanes.map(({ name }) => name).join(', ')}; a test of yours
        can wait for each message by the <a href={`${root}reference`}>control API</a>.
      </p>
    </div>
  )
}

const isNarrowed = ({ user, party, logout, withCalls }: Look['chosen']): boolean =>
  user !== '' || party !== '' || logout !== '' || !withCalls

const formats = [
  ['jsonl', 'JSON lines'],
  ['har', 'HAR'],
  ['mermaid', 'Mermaid'],
] as const

function Downloads({ root }: { root: string }) {
  return (
    <p class="downloads">
      All of it as{' '}
      {formats.map(([format, name], index) => (
        <>
          {index > 0 && ', '}
          <a href={`${root}console/journal?format=${format}`} download>
            {name}
          </a>
        </>
      ))}
      , with the world and its certificates as a{' '}
      <a href={`${root}bundle`} download="sloop-bundle.json">
        bundle
      </a>
    </p>
  )
}
