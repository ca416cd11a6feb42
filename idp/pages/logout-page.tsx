import { Layout } from './layout.tsx'
import type { Paths } from './paths.ts'

export interface LogoutLegView {
  readonly spName: string
  /** `waiting`, `confirmed`, `not confirmed`: the row's colour. */
  readonly tone: 'waiting' | 'good' | 'bad'
  /** What it answered, or why it did not. */
  readonly says: string
}

export interface LogoutView {
  readonly paths: Paths
  readonly runId: string
  readonly userName: string
  readonly progress: 'running' | 'complete' | 'partial'
  readonly legs: readonly LogoutLegView[]
}

const titles = { running: 'Logging out', complete: 'Logged out', partial: 'Logged out' } as const

/** How far a logout has come, with a way forward while a service provider does not answer (saml-profiles-2.0 §4.4.3.3). */
export function LogoutPage({ paths, runId, userName, progress, legs }: LogoutView) {
  const missing = legs.filter((leg) => leg.tone !== 'good').length
  return (
    <Layout title={titles[progress]} paths={paths}>
      <p>
        The session of <strong>{userName}</strong> at this identity provider has ended.
      </p>
      {progress === 'complete' && legs.length === 0 && <p class="good">No service provider took part in it.</p>}
      {progress === 'complete' && legs.length > 0 && <p class="good">Every service provider confirmed the logout.</p>}
      {progress === 'partial' && (
        <p class="bad">
          {`Partial logout: ${missing} of ${legs.length} service provider sessions did not confirm it. You may still be signed in there.`}
        </p>
      )}
      {legs.length > 0 && <Legs legs={legs} />}
      {progress === 'running' ? (
        <form method="post" action={paths.continueLogout}>
          <input type="hidden" name="run" value={runId} />
          <p>A service provider has not answered yet. You can go on without it.</p>
          <button type="submit" class="primary">
            Continue
          </button>
        </form>
      ) : (
        <p>
          <a href={paths.home}>Back to the portal</a>
        </p>
      )}
    </Layout>
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
        </tr>
      </thead>
      <tbody>
        {legs.map((leg) => (
          <tr>
            <th scope="row">{leg.spName}</th>
            <td class={leg.tone}>{leg.says}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
