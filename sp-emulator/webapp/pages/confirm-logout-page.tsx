import { Layout } from './layout.tsx'
import { LogoutForm } from './logout-form.tsx'

interface ConfirmLogoutPageProps {
  readonly application: string
  readonly basePath: string
}

/** Asks before it logs out: whoever only followed a link has not asked for it. */
export function ConfirmLogoutPage({ application, basePath }: ConfirmLogoutPageProps) {
  return (
    <Layout application={application} headline="Log out?">
      <p>You will be logged out here and of everything else that you opened through the identity provider.</p>
      <LogoutForm basePath={basePath} />
    </Layout>
  )
}
