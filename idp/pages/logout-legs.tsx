import { legibleText } from '#server/legible-text'
import { Foreign } from './foreign.tsx'
import type { LogoutLegView } from './logout-view.ts'

interface LogoutLegsView {
  readonly legs: readonly LogoutLegView[]
  /** Where the frame of a leg begins, but for its number. */
  readonly frameAddress: string
}

/** Every participant: what it said, how it was asked, and which of its sessions was meant. */
export function LogoutLegs({ legs, frameAddress }: LogoutLegsView) {
  const hasFrames = legs.some(({ frame }) => frame !== undefined)
  return (
    <>
      <table>
        <caption>What each service provider answered</caption>
        <thead>
          <tr>
            <th scope="col">Service provider</th>
            <th scope="col">Answer</th>
            <th scope="col">How</th>
            <th scope="col">Session (NameID, SessionIndex)</th>
          </tr>
        </thead>
        <tbody>
          {legs.map((leg) => (
            <LogoutLegRow leg={leg} frameAddress={frameAddress} />
          ))}
        </tbody>
      </table>
      {hasFrames && (
        <p class="hint">
          In a frame a service provider is a third party. A browser that blocks third-party cookies, or a cookie that is
          SameSite=Lax or Strict, lets it see the message and not its own session: who finds the session by the message
          is logged out all the same, who needs the cookie may say Success and stay signed in. A frame that stays empty
          or grey has not come back with an answer.
        </p>
      )}
    </>
  )
}

function LogoutLegRow({ leg, frameAddress }: { leg: LogoutLegView; frameAddress: string }) {
  return (
    <tr>
      <th scope="row">
        <Foreign text={leg.spName} />
      </th>
      <td data-column="Answer" class={leg.tone}>
        {leg.frame === undefined ? (
          <Foreign text={leg.says} />
        ) : (
          <LegFrame leg={leg} src={`${frameAddress}${leg.frame}`} />
        )}
      </td>
      <td data-column="How">{leg.how ?? (leg.frame === undefined ? 'not asked' : 'in a frame')}</td>
      <td data-column="Session (NameID, SessionIndex)">
        <code>
          <Foreign text={leg.nameId} />
        </code>{' '}
        <small>
          <Foreign text={leg.sessionIndex} />
        </small>
      </td>
    </tr>
  )
}

/** A service provider whose page looks for the top window does not take it, unless somebody clicks there. */
function LegFrame({ leg, src }: { leg: LogoutLegView; src: string }) {
  return (
    <iframe
      src={src}
      title={`Logout at ${legibleText(leg.spName)}`}
      sandbox="allow-scripts allow-forms allow-same-origin allow-top-navigation-by-user-activation"
    />
  )
}
