import { Foreign } from './foreign.tsx'

export interface KeyWarningView {
  /** What people call whose key it is. */
  readonly owner: string
  readonly says: string
}

/** What is to be said of weak keys; nothing when there are none. */
export function KeyWarnings({ warnings }: { warnings: readonly KeyWarningView[] }) {
  if (warnings.length === 0) return null
  return (
    <section>
      <h2>Weak keys</h2>
      <ul>
        {warnings.map(({ owner, says }) => (
          <li>
            <strong>
              <Foreign text={owner} />
            </strong>
            : <Foreign text={says} />
          </li>
        ))}
      </ul>
    </section>
  )
}
