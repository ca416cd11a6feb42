import { Foreign } from './foreign.tsx'
import { Layout } from './layout.tsx'
import type { Paths } from './paths.ts'

interface ErrorView {
  readonly paths: Paths
  readonly title: string
  readonly code: string
  readonly message: string
  readonly facts: readonly { readonly name: string; readonly value: string }[]
  /** Whether it is certain that the refused request had no effect. */
  readonly nothingHappened: boolean
}

/** Why something was refused: the code for programs, the sentence for people, what was expected and what arrived. */
export function ErrorPage({ paths, title, code, message, facts, nothingHappened }: ErrorView) {
  return (
    <Layout title={title} paths={paths}>
      <p class="bad">
        <Foreign text={message} />
      </p>
      <dl>
        <dt>Code</dt>
        <dd>
          <code>{code}</code>
        </dd>
        {facts.map(({ name, value }) => (
          <>
            <dt>{name}</dt>
            <dd>
              <code>
                <Foreign text={value} />
              </code>
            </dd>
          </>
        ))}
      </dl>
      {nothingHappened && <p>What was refused had no effect, and nobody was told of it.</p>}
      <p>
        <a href={paths.home}>Back to the portal</a>
      </p>
    </Layout>
  )
}
