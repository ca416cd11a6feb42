import { legibleText } from '#server/legible-text'
import type { Explained } from './explain-message.ts'
import { WouldEndView } from './would-end-view.tsx'

/** What each rule makes of a message, in the order in which its receiver asks them. */
export function ChecksView({ explained: { accepted, refusal, checks, by, wouldEnd } }: { explained: Explained }) {
  return (
    <>
      <p>
        <b class={accepted ? 'good' : 'bad'}>{accepted ? '✓ accepted' : `✗ refused: ${refusal}`}</b>{' '}
        <span class="quiet">as {by} judges it</span>
      </p>
      {wouldEnd !== undefined && <WouldEndView ends={wouldEnd} />}
      <table>
        <thead>
          <tr>
            <th scope="col">Rule</th>
            <th scope="col">Holds</th>
            <th scope="col">Why</th>
          </tr>
        </thead>
        <tbody>
          {checks.map(({ rule, holds, message, expected, actual, clause, hint }) => (
            <tr>
              <th scope="row">
                <code>{rule}</code> <small class="quiet">{clause}</small>
              </th>
              <td data-column="Holds">
                {holds === null ? <span class="quiet">? not asked</span> : <Holds holds={holds} />}
              </td>
              <td>
                {message !== null && legibleText(message)}
                {holds === false && <Facts facts={{ expected, actual }} />}
                {hint != null && <p>→ {legibleText(hint)}</p>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

function Holds({ holds }: { holds: boolean }) {
  return <b class={holds ? 'good' : 'bad'}>{holds ? '✓ yes' : '✗ no'}</b>
}

function Facts({ facts }: { facts: Readonly<Record<string, unknown>> }) {
  const said = Object.entries(facts).filter(([, value]) => value !== null && value !== undefined)
  return (
    <>
      {said.map(([name, value]) => (
        <div>
          <span class="quiet">{name}</span>{' '}
          <code>{legibleText(typeof value === 'string' ? value : JSON.stringify(value))}</code>
        </div>
      ))}
    </>
  )
}
