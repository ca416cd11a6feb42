import { legibleText } from '#server/legible-text'
import type { Look } from './look.ts'

type Sessions = NonNullable<Look['sessions']>
type Tokens = NonNullable<Look['tokens']>

/** Who is signed in at the identity provider, and where. */
export function SessionsCard({ sessions }: { sessions: Sessions }) {
  return (
    <section class="card" aria-labelledby="sessions">
      <h2 id="sessions">Sessions at the IdP</h2>
      {sessions.length === 0 && <p class="quiet">Nobody is signed in.</p>}
      <ul class="plain">
        {newest(sessions).map(({ id, user, participants }) => (
          <li>
            <b>
              <bdi>{legibleText(user)}</bdi>
            </b>{' '}
            <Id id={id} />
            <ul>
              {participants.map(({ serviceProvider, nameId }) => (
                <li>
                  <bdi>{legibleText(serviceProvider)}</bdi> <Id id={nameId.value} />
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
      <More all={sessions.length} />
    </section>
  )
}

/** The pairs of tokens that Elasticsearch knows. */
export function TokensCard({ tokens }: { tokens: Tokens }) {
  return (
    <section class="card" aria-labelledby="tokens">
      <h2 id="tokens">Tokens at Elasticsearch</h2>
      {tokens.length === 0 && <p class="quiet">None were issued.</p>}
      <ul class="plain">
        {newest(tokens).map(({ id, username, realm, access, refresh, endedBy }) => (
          <li>
            <b>
              <bdi>{legibleText(username)}</bdi>
            </b>{' '}
            <span class="quiet">{realm}</span> <Id id={id} />
            <br />
            access <State state={access} />
            {refresh !== null && (
              <>
                , refresh <State state={refresh} />
              </>
            )}
            {endedBy !== null && <span class="quiet"> by {endedBy}</span>}
          </li>
        ))}
      </ul>
      <More all={tokens.length} />
    </section>
  )
}

/** What is wrong on purpose at the moment. */
export function FaultsCard({ look: { faults, movedClocks } }: { look: Look }) {
  if (faults.length === 0 && movedClocks.length === 0) return null
  return (
    <section class="card" aria-labelledby="faults">
      <h2 id="faults">Wrong on purpose</h2>
      <ul class="plain">
        {newest(faults).map(({ id, party, on, to, change, fired, times }) => (
          <li>
            <b>{id}</b> <code>{JSON.stringify(change)}</code>
            <br />
            {party}: {on}
            {to !== null && ` to ${legibleText(to)}`}, fired {fired}
            {times !== 'always' && ` of ${times}`}
          </li>
        ))}
        {movedClocks.map(([party, state]) => (
          <li>
            <b>clock of {party}</b> <code>{JSON.stringify(state)}</code>
          </li>
        ))}
      </ul>
      <More all={faults.length} />
    </section>
  )
}

const mostListed = 12

/** The newest first. */
const newest = <Item,>(items: readonly Item[]): readonly Item[] => items.slice(-mostListed).reverse()

function More({ all }: { all: number }) {
  return all <= mostListed ? null : <p class="quiet">and {all - mostListed} older ones</p>
}

/** Short enough for a list, whole where somebody points at it. */
function Id({ id }: { id: string }) {
  return (
    <code class="id" title={id}>
      {id.length <= 13 ? legibleText(id) : `${legibleText(id.slice(0, 7))}…${legibleText(id.slice(-4))}`}
    </code>
  )
}

function State({ state }: { state: string }) {
  return <span class={state === 'alive' ? 'alive' : 'dead'}>{state === 'alive' ? '● alive' : `○ ${state}`}</span>
}
