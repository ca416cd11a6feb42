import { legibleText } from '#server/legible-text'
import { Foreign } from './foreign.tsx'
import { KeyWarnings, type KeyWarningView } from './key-warnings.tsx'
import { Layout } from './layout.tsx'
import type { Paths } from './paths.ts'
import { SignInButtons, type SignInChoice } from './sign-in-buttons.tsx'

interface ParticipantView {
  readonly spName: string
  readonly nameId: string
  readonly nameIdFormat: string | undefined
  readonly sessionIndex: string
}

interface TolerationView {
  readonly spName: string
  readonly word: string
  /** What the last one was. */
  readonly says: string
  readonly times: number
}

export interface PortalView {
  readonly paths: Paths
  readonly clock: string | undefined
  /** The logout that this browser has not finished. */
  readonly unfinished: undefined | { readonly id: string; readonly userName: string }
  readonly users: readonly SignInChoice[]
  readonly signedIn:
    | undefined
    | { readonly userName: string; readonly displayName: string; readonly participants: readonly ParticipantView[] }
  readonly serviceProviders: readonly { readonly entityId: string; readonly name: string }[]
  /** What service providers were forgiven, the latest first. */
  readonly tolerated: readonly TolerationView[]
  readonly weakKeys: readonly KeyWarningView[]
}

export function PortalPage({
  paths,
  clock,
  users,
  unfinished,
  signedIn,
  serviceProviders,
  tolerated,
  weakKeys,
}: PortalView) {
  return (
    <Layout title="Portal" paths={paths} clock={clock}>
      {unfinished !== undefined && <Unfinished paths={paths} run={unfinished} />}
      {signedIn === undefined ? (
        <section>
          <p>Nobody is signed in. Sign in as:</p>
          <SignInButtons paths={paths} users={users} />
        </section>
      ) : (
        <SignedIn paths={paths} signedIn={signedIn} />
      )}
      <section>
        <h2>Service providers</h2>
        {serviceProviders.length === 0 && <p>None is known yet.</p>}
        <div class="choices">
          {serviceProviders.map((sp) => (
            <form method="post" action={paths.openServiceProvider}>
              <input type="hidden" name="sp" value={sp.entityId} />
              <button type="submit">{`Open ${legibleText(sp.name)}`}</button>
            </form>
          ))}
        </div>
      </section>
      {tolerated.length > 0 && <Tolerated tolerated={tolerated} />}
      <KeyWarnings warnings={weakKeys} />
    </Layout>
  )
}

function Unfinished({ paths, run }: { paths: Paths; run: NonNullable<PortalView['unfinished']> }) {
  return (
    <section>
      <form method="post" action={paths.continueLogout}>
        <input type="hidden" name="run" value={run.id} />
        <p>
          A logout of{' '}
          <strong>
            <Foreign text={run.userName} />
          </strong>{' '}
          is not finished: <a href={`${paths.logout}?run=${run.id}`}>how far it has come</a>.
        </p>
        <button type="submit" class="primary">
          Go on with the logout
        </button>
      </form>
    </section>
  )
}

function SignedIn({ paths, signedIn }: { paths: Paths; signedIn: NonNullable<PortalView['signedIn']> }) {
  return (
    <section>
      <p>
        Signed in as{' '}
        <strong>
          <Foreign text={signedIn.userName} />
        </strong>{' '}
        (<Foreign text={signedIn.displayName} />)
      </p>
      <Participants participants={signedIn.participants} />
      <form method="post" action={paths.logout}>
        <button type="submit" class="primary">
          Log out everywhere
        </button>
      </form>
    </section>
  )
}

function Participants({ participants }: { participants: readonly ParticipantView[] }) {
  if (participants.length === 0) return <p>No service provider takes part in this session yet.</p>
  return (
    <table>
      <caption>Session participants</caption>
      <thead>
        <tr>
          <th scope="col">Service provider</th>
          <th scope="col">NameID</th>
          <th scope="col">SessionIndex</th>
        </tr>
      </thead>
      <tbody>
        {participants.map((participant) => (
          <tr>
            <th scope="row">
              <Foreign text={participant.spName} />
            </th>
            <td data-column="NameID">
              <code>
                <Foreign text={participant.nameId} />
              </code>{' '}
              {participant.nameIdFormat !== undefined && <small>{participant.nameIdFormat}</small>}
            </td>
            <td data-column="SessionIndex">
              <code>{participant.sessionIndex}</code>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Tolerated({ tolerated }: { tolerated: readonly TolerationView[] }) {
  return (
    <table>
      <caption>Tolerated: what the standard forbids and this identity provider let pass</caption>
      <thead>
        <tr>
          <th scope="col">Service provider</th>
          <th scope="col">Word of tolerate</th>
          <th scope="col">Last</th>
          <th scope="col">Times</th>
        </tr>
      </thead>
      <tbody>
        {tolerated.map(({ spName, word, says, times }) => (
          <tr>
            <th scope="row">
              <Foreign text={spName} />
            </th>
            <td data-column="Word of tolerate">
              <code>{word}</code>
            </td>
            <td data-column="Last">
              <Foreign text={says} />
            </td>
            <td data-column="Times">{times}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
