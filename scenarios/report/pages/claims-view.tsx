import { legibleText } from '#server/legible-text'
import type { Ledger, LedgerEntry } from '../../../harness/index.ts'
import { factsOf } from '../../run/facts.ts'
import type { ScenarioResult } from '../../run/scenario-result.ts'
import { legibleLines } from '../legible-lines.ts'

/** The last page, and what is really so. */
export function ProvenView({ result: { claimed, proven } }: { result: ScenarioResult }) {
  return (
    <>
      {claimed !== null && (
        <>
          <h3>What the last page says</h3>
          <pre>{legibleLines(claimed.text).join('\n')}</pre>
        </>
      )}
      {proven !== null && (
        <>
          <h3>What is proven</h3>
          <dl>
            {Object.entries(factsOf(proven)).map(([fact, is]) => (
              <>
                <dt>{legibleText(factInWords(fact))}</dt>
                <dd class={liveliness(is)}>{inWords(is)}</dd>
              </>
            ))}
          </dl>
        </>
      )}
    </>
  )
}

const names: Readonly<Record<string, string>> = {
  application: 'session of the application',
  accessToken: 'access token',
  refreshToken: 'refresh token',
  idpSession: 'session at the IdP',
}

/** `second: accessToken` begins with whose it is. */
function factInWords(fact: string): string {
  const cut = fact.lastIndexOf(' ') + 1
  return `${fact.slice(0, cut)}${names[fact.slice(cut)] ?? fact.slice(cut)}`
}

const inWords = (is: string): string => (is === 'signedIn' ? 'signed in' : is === 'signedOut' ? 'signed out' : is)
const liveliness = (is: string): string => (is === 'alive' || is === 'signedIn' ? 'alive' : 'dead')

/** What each participant of each logout claims next to what is proven. */
export function LedgerView({ ledgers }: { ledgers: readonly Ledger[] }) {
  return (
    <>
      {ledgers.map(({ user, claimed, participants, idpSession }) => (
        <div>
          <h3>
            The logout of <bdi>{legibleText(user)}</bdi>, claimed to be {claimed}
          </h3>
          <table>
            <thead>
              <tr>
                {['participant', 'asked', 'answered', 'claimed', 'proven'].map((name) => (
                  <th scope="col">{name}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {participants.map((each) => (
                <Row entry={each} />
              ))}
              <tr>
                <th scope="row">identity provider</th>
                <td data-column="asked">–</td>
                <td data-column="answered">–</td>
                <td data-column="claimed">–</td>
                <td data-column="proven">{idpSession === 'alive' ? 'alive' : 'ended'}</td>
              </tr>
            </tbody>
          </table>
        </div>
      ))}
    </>
  )
}

function Row({ entry: { name: who, requester, asked, answered, claimed, proven, facts } }: { entry: LedgerEntry }) {
  const isLie = claimed === 'ended' && proven === 'alive'
  const known = Object.entries(facts).filter(([, fact]) => fact !== 'unknown')
  return (
    <tr>
      <th scope="row">{legibleText(who)}</th>
      <td data-column="asked">{requester ? 'asked itself' : (asked ?? 'never')}</td>
      <td data-column="answered">{answered ?? 'never'}</td>
      <td data-column="claimed">{claimed}</td>
      <td data-column="proven" class={isLie ? 'bad' : undefined}>
        <b>{isLie ? `✗ ${proven}` : proven}</b>
        <br />
        <small>{known.map(([name, fact]) => `${names[name] ?? name} ${inWords(fact)}`).join(', ')}</small>
      </td>
    </tr>
  )
}
