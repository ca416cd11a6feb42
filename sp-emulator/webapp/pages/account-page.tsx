import { legibleText } from '#server/legible-text'
import type { WhoAmI } from '../elasticsearch-saml.ts'
import { Layout } from './layout.tsx'
import { LogoutForm } from './logout-form.tsx'

interface AccountPageProps {
  readonly application: string
  readonly basePath: string
  readonly path: string
  readonly clock?: string | undefined
  readonly user: WhoAmI
  /** Kibana logs out by a link, the careful profile by a form. */
  readonly logout: 'link' | 'form'
}

/** The protected page: what `_authenticate` says about the user, line by line. */
export function AccountPage({ application, basePath, path, clock, user, logout }: AccountPageProps) {
  const { name, type } = user.authentication_realm
  const rows: [string, unknown][] = [
    ['Username', user.username],
    ['Full name', user.full_name],
    ['Email', user.email],
    ['Realm', `${name} (${type})`],
    ['Authenticated by', user.authentication_type],
    ['Roles', user.roles],
    ...Object.entries(user.metadata),
  ]
  return (
    <Layout application={application} headline={`You are signed in as ${user.username}`} clock={clock}>
      <p class="quiet">
        The page you asked for is <code>{legibleText(path)}</code>. This is what Elasticsearch says about your access
        token:
      </p>
      <table>
        <tbody>
          {rows.map(([label, value]) => (
            <tr>
              <th scope="row">
                <Label text={label} />
              </th>
              <td>{legibleText(readable(value))}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {logout === 'form' ? (
        <LogoutForm basePath={basePath} />
      ) : (
        <a class="button" href={`${basePath}/logout`}>
          Log out
        </a>
      )}
    </Layout>
  )
}

/** Names such as `saml(urn:oid:0.9.2342.19200300.100.1.1)` may go on in the next line behind a sign, not within a number. */
function Label({ text }: { text: string }) {
  const [first, ...others] = legibleText(text).split(/(?<=[.:/])/)
  return (
    <>
      {first}
      {others.map((part) => (
        <>
          <wbr />
          {part}
        </>
      ))}
    </>
  )
}

function readable(value: unknown): string {
  if (value === null || value === undefined || value === '') return '–'
  if (Array.isArray(value)) return value.length === 0 ? '–' : value.map(readable).join(', ')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
