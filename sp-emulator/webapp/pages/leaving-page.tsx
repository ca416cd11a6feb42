import { raw } from 'hono/html'
import { Layout } from './layout.tsx'

export interface LeavingPageProps {
  readonly application: string
  readonly queryString: string
  readonly nonce: string
}

// Replaced, not assigned: with Back the user would otherwise meet this page again and log out a second time.
const navigate = "location.replace('/api/security/logout' + location.search)"

/** Takes the query on to the real logout unchanged; by the link when scripts are off (web-app-flows §1.1). */
export function LeavingPage({ application, queryString, nonce }: LeavingPageProps) {
  const href = queryString === '' ? '/api/security/logout' : `/api/security/logout?${queryString}`
  return (
    <Layout application={application} headline="Logging out">
      <p>If your browser does not go on by itself, please continue.</p>
      <a class="button" href={href}>
        Continue
      </a>
      <script nonce={nonce}>{raw(navigate)}</script>
    </Layout>
  )
}
