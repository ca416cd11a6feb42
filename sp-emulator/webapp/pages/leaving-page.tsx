import { raw } from 'hono/html'
import { Layout } from './layout.tsx'

interface LeavingPageProps {
  readonly application: string
  readonly headline: string
  readonly href: string
  readonly nonce: string
  /** A script that goes where the link goes, and can add what only the browser knows. */
  readonly script: string
}

/** Goes on by itself; by the link when scripts are off. */
export function LeavingPage({ application, headline, href, nonce, script }: LeavingPageProps) {
  return (
    <Layout application={application} headline={headline}>
      <p>If your browser does not go on by itself, please continue.</p>
      <a class="button" href={href}>
        Continue
      </a>
      <script nonce={nonce}>{raw(script)}</script>
    </Layout>
  )
}
