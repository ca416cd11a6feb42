import { Foreign } from './foreign.tsx'
import { Layout } from './layout.tsx'
import type { Paths } from './paths.ts'

export interface LogoutLegView {
  readonly spName: string
  /** `waiting`, `confirmed`, `not confirmed`: the row's colour. */
  readonly tone: 'waiting' | 'good' | 'bad'
  /** What it answered, or why it did not. */
  readonly says: string
  /** How it was asked; undefined when it was not. */
  readonly how?: string | undefined
}

/** Who asked for the logout, and whether it knows how it ended. */
export type RequesterView = LogoutLegView

export interface LogoutView {
  readonly paths: Paths
  readonly runId: string
  readonly userName: string
  /** What the run does next; nothing more when it has finished. */
  readonly next: 'ask' | 'wait' | 'answer' | 'finish'
  readonly requester: RequesterView | undefined
  readonly legs: readonly LogoutLegView[]
}

const waysOn = {
  ask: 'A service provider has not been asked yet. Go on with the logout.',
  wait: 'A service provider has not answered yet. You can go on without it.',
  answer: 'Who asked for the logout has not been told yet how it ended.',
} as const

/** How far a logout has come, with a way forward while a service provider does not answer (saml-profiles-2.0 §4.4.3.3). */
export function LogoutPage({ paths, runId, userName, next, requester, legs }: LogoutView) {
  return (
    <Layout title={next === 'finish' ? 'Logged out' : 'Logging out'} paths={paths}>
      <p>
        The session of{' '}
        <strong>
          <Foreign text={userName} />
        </strong>{' '}
        at this identity provider has ended.
      </p>
      {requester !== undefined && (
        <p class={requester.tone}>
          <strong>
            <Foreign text={requester.spName} />
          </strong>{' '}
          <Foreign text={requester.says} />.
        </p>
      )}
      {next === 'finish' && <Outcome legs={legs} isAlone={requester === undefined} />}
      {legs.length > 0 && <Legs legs={legs} />}
      {next === 'finish' ? (
        <p>
          <a href={paths.home}>Back to the portal</a>
        </p>
      ) : (
        <form method="post" action={paths.continueLogout}>
          <input type="hidden" name="run" value={runId} />
          <p>{waysOn[next]}</p>
          <button type="submit" class="primary">
            Continue
          </button>
        </form>
      )}
    </Layout>
  )
}

/** `isAlone`: no service provider asked for the logout. */
function Outcome({ legs, isAlone }: { legs: readonly LogoutLegView[]; isAlone: boolean }) {
  const missing = legs.filter((leg) => leg.tone !== 'good').length
  if (legs.length === 0)
    return (
      <p class="good">
        {isAlone ? 'No service provider took part in it.' : 'No other service provider took part in it.'}
      </p>
    )
  if (missing === 0) return <p class="good">Every service provider confirmed the logout.</p>
  return (
    <p class="bad">
      {`Partial logout: ${missing} of ${legs.length} service provider sessions did not confirm it. You may still be signed in there.`}
    </p>
  )
}

function Legs({ legs }: { legs: readonly LogoutLegView[] }) {
  return (
    <table>
      <caption>What each service provider answered</caption>
      <thead>
        <tr>
          <th scope="col">Service provider</th>
          <th scope="col">Answer</th>
          <th scope="col">How</th>
        </tr>
      </thead>
      <tbody>
        {legs.map((leg) => (
          <tr>
            <th scope="row">
              <Foreign text={leg.spName} />
            </th>
            <td class={leg.tone}>
              <Foreign text={leg.says} />
            </td>
            <td>{leg.how ?? 'not asked'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
