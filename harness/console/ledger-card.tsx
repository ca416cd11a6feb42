import { legibleText } from '#server/legible-text'
import type { Ledger } from '../ledger/write-ledger.ts'

/** Who is really signed out: of each participant of a logout what it claimed, and what a look at it proves. */
export function LedgerCard({ ledger, root }: { ledger: Ledger; root: string }) {
  const { user, claimed, participants, idpSession } = ledger
  return (
    <section class="card" aria-labelledby="ledger">
      <h2 id="ledger">
        Who is really signed out: <bdi>{legibleText(user)}</bdi>
      </h2>
      <p class="quiet">
        claimed to be {claimed}; session at the IdP {idpSession}
      </p>
      <ul class="plain">
        {participants.map(({ name, asked, answered, claimed: says, proven, facts }) => (
          <li>
            <b>
              <bdi>{legibleText(name)}</bdi>
            </b>{' '}
            <b class={proven === 'ended' ? 'good' : proven === 'alive' ? 'bad' : 'quiet'}>{words[proven]}</b>
            <br />
            <span class="quiet">
              asked <Seq seq={asked} root={root} />, answered <Seq seq={answered} root={root} />, claims {says}
            </span>
            <ul>
              {Object.entries(facts)
                .filter(([, fact]) => fact !== 'unknown')
                .map(([name, fact]) => (
                  <li>
                    {names[name as keyof typeof facts]}{' '}
                    {fact === 'signedOut' ? 'signed out' : fact === 'signedIn' ? 'signed in' : fact}
                  </li>
                ))}
            </ul>
          </li>
        ))}
      </ul>
    </section>
  )
}

const words = { ended: '✓ signed out', alive: '✗ still signed in', unknown: '? unknown' } as const
const names = { application: 'application', accessToken: 'access token', refreshToken: 'refresh token' } as const

function Seq({ seq, root }: { seq: number | null; root: string }) {
  return seq === null ? <>never</> : <a href={`${root}journal/${seq}`}>{seq}</a>
}
