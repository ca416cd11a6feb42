import { raw } from 'hono/html'
import type { Provider } from '../providers/provider.ts'
import { Layout } from './layout.tsx'

interface LoginPageProps {
  readonly application: string
  readonly basePath: string
  readonly notice: string
  readonly failed: boolean
  readonly providers: readonly Provider[]
  /** The address of this page, which names the page to go on to. */
  readonly currentUrl: string
  readonly nonce: string
}

// The part of the address behind `#` is known to the browser only. The script leaves no trace of itself.
const addHash =
  "for (const field of document.querySelectorAll('input[name=currentURL]')) field.value += location.hash; document.currentScript.remove()"

/** The login selector: a button for each IdP, a form for a password. */
export function LoginPage({ application, basePath, notice, failed, providers, currentUrl, nonce }: LoginPageProps) {
  return (
    <Layout application={application} headline="Log in" failed={failed}>
      <p>{notice}</p>
      {providers.map((provider) => (
        <form method="post" action={`${basePath}/internal/security/login`}>
          <input type="hidden" name="providerType" value={provider.type} />
          <input type="hidden" name="providerName" value={provider.name} />
          <input type="hidden" name="currentURL" value={currentUrl} />
          {provider.type === 'basic' && <PasswordFields />}
          <button type="submit">{provider.label}</button>
        </form>
      ))}
      <script nonce={nonce}>{raw(addHash)}</script>
    </Layout>
  )
}

function PasswordFields() {
  return (
    <>
      <label>
        Username <input name="username" autocomplete="username" required />
      </label>
      <label>
        Password <input name="password" type="password" autocomplete="current-password" required />
      </label>
    </>
  )
}
