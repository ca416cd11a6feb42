import { Foreign } from './foreign.tsx'
import { Layout } from './layout.tsx'
import { LogoutLegs } from './logout-legs.tsx'
import type { LogoutLegView, LogoutView } from './logout-view.ts'
import type { Paths } from './paths.ts'

const waysOn = {
  ask: 'A service provider has not been asked yet. Go on with the logout.',
  frame:
    'Each service provider is asked in its own frame, and this page goes on when all have answered or their time is over.',
  wait: 'A service provider has not answered yet. You can go on without it.',
  answer: 'Who asked for the logout has not been told yet how it ended.',
} as const

/** How far a logout has come, with a way forward while a service provider does not answer (saml-profiles-2.0 §4.4.3.3). */
export function LogoutPage({ paths, clock, ...view }: LogoutView & { paths: Paths; clock: string | undefined }) {
  const { runId, next, refreshSeconds, requester, legs } = view
  const refresh =
    refreshSeconds === undefined ? undefined : { seconds: refreshSeconds, url: `${paths.nextOfLogout}?run=${runId}` }
  return (
    <Layout {...{ title: titleOf(view), paths, clock, refresh }} {...(refresh && { script: paths.framesScript })}>
      <Ended {...view} />
      {requester !== undefined && (
        <p class={requester.tone}>
          <strong>
            <Foreign text={requester.spName} />
          </strong>{' '}
          <Foreign text={requester.says} />.
        </p>
      )}
      {next === 'finish' && <Outcome legs={legs} isAlone={requester === undefined} />}
      {legs.length > 0 && <LogoutLegs legs={legs} frameAddress={`${paths.logoutFrame}?run=${runId}&leg=`} />}
      <Forward paths={paths} {...view} />
    </Layout>
  )
}

function titleOf({ isMinted, next }: LogoutView): string {
  if (isMinted) return 'Minted LogoutRequest'
  return next === 'finish' ? 'Logged out' : 'Logging out'
}

function Forward({ paths, ...view }: LogoutView & { paths: Paths }) {
  if (view.isMinted) return <Home paths={paths} />
  return view.next === 'finish' ? <Afterwards paths={paths} {...view} /> : <GoOn paths={paths} {...view} />
}

function Ended({ userName, keepsSession, isMinted }: Pick<LogoutView, 'userName' | 'keepsSession' | 'isMinted'>) {
  if (isMinted) {
    return (
      <p>
        A LogoutRequest of this identity provider about{' '}
        <strong>
          <Foreign text={userName} />
        </strong>{' '}
        was minted. It ended no session here.
      </p>
    )
  }
  return (
    <p class={keepsSession ? 'bad' : undefined}>
      The session of{' '}
      <strong>
        <Foreign text={userName} />
      </strong>{' '}
      at this identity provider {keepsSession ? 'was kept: it was told only to pretend that it ends.' : 'has ended.'}
    </p>
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

function GoOn({ paths, runId, next }: Pick<LogoutView, 'runId' | 'next'> & { paths: Paths }) {
  return (
    <form method="post" action={paths.continueLogout}>
      <input type="hidden" name="run" value={runId} />
      {next !== 'finish' && <p>{waysOn[next]}</p>}
      <button type="submit" class="primary">
        Continue
      </button>
    </form>
  )
}

function Afterwards({ paths, runId, hasUnconfirmed }: Pick<LogoutView, 'runId' | 'hasUnconfirmed'> & { paths: Paths }) {
  return (
    <>
      {hasUnconfirmed && (
        <form method="post" action={paths.restartLogout}>
          <input type="hidden" name="run" value={runId} />
          <button type="submit">Ask those again that did not confirm</button>
        </form>
      )}
      <Home paths={paths} />
    </>
  )
}

function Home({ paths }: { paths: Paths }) {
  return (
    <p>
      <a href={paths.home}>Back to the portal</a>
    </p>
  )
}
