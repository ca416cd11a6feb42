import { Foreign } from './foreign.tsx'
import { Layout } from './layout.tsx'
import type { Paths } from './paths.ts'

interface PostFormView {
  readonly paths: Paths
  readonly spName: string
  /** Whether the message asks for a logout, or answers what was asked. */
  readonly asks: boolean
  readonly action: string
  readonly fields: readonly { readonly name: string; readonly value: string }[]
}

/** Carries a message by POST. A script submits the form; the button does where there is none (saml-bindings-2.0 §3.5.4). */
export function PostFormPage({ paths, spName, asks, action, fields }: PostFormView) {
  return (
    <Layout title={asks ? 'Logging out' : 'Back to the service provider'} paths={paths} script={paths.submitScript}>
      <p>
        {asks ? 'The logout goes on at' : 'The answer goes to'}{' '}
        <strong>
          <Foreign text={spName} />
        </strong>
        .
      </p>
      <form method="post" action={action}>
        {fields.map((field) => (
          <input type="hidden" name={field.name} value={field.value} />
        ))}
        <button type="submit" class="primary">
          Continue
        </button>
      </form>
    </Layout>
  )
}
