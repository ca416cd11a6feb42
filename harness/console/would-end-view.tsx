import { legibleText } from '#server/legible-text'
import type { Explained } from './explain-message.ts'
import type { NearLogin } from './near-logins.ts'

/** What a LogoutRequest would end, and where that is nothing, what it nearly named, field by field. */
export function WouldEndView({ ends: { count, what, nearest } }: { ends: NonNullable<Explained['wouldEnd']> }) {
  return (
    <>
      <p>
        Were it accepted, it would end <b>{count === 0 ? `no ${what}` : `${count} × ${what}`}</b>.
        {nearest.length > 0 && ` It would end one of these if it said what stands there:`}
      </p>
      {nearest.length > 0 && (
        <table>
          <thead>
            <tr>
              <th scope="col">Nearest {what}</th>
              <th scope="col">Field</th>
              <th scope="col">Stands there</th>
            </tr>
          </thead>
          <tbody>{nearest.map((login) => rowsOf(login))}</tbody>
        </table>
      )}
    </>
  )
}

const rowsOf = ({ id, user, differences }: NearLogin) =>
  differences.map(({ field, there }, index) => (
    <tr>
      {index === 0 && (
        <th scope="rowgroup" rowspan={differences.length}>
          <bdi>{legibleText(user ?? 'somebody')}</bdi> <code class="id">{legibleText(id)}</code>
        </th>
      )}
      <td data-column="Field">
        <code>{field}</code>
      </td>
      <td data-column="Stands there">
        {there === null ? <span class="quiet">nothing</span> : <code>{legibleText(there)}</code>}
      </td>
    </tr>
  ))
