import { legibleText } from '#server/legible-text'
import { XmlView } from '../../../harness/console/xml-view.tsx'
import type { Exchange } from '../../../harness/journal/exchanges.ts'

/** Where a message stands in a report. */
export const messageIdOf = (story: string, seq: number): string => `${story}--${seq}`

/** Every message of a scenario, decoded, to be opened one by one. */
export function MessagesView({ story, messages }: { story: string; messages: readonly Exchange[] }) {
  return (
    <div class="messages">
      {messages.map(({ first, received }) => (
        <details id={messageIdOf(story, first.seq)}>
          <summary>
            <span class="quiet">{first.seq}</span> {first.what}
            {first.binding !== null && <span class="quiet"> by {first.binding}</span>}
            <Verdict accepted={(received ?? first).accepted} code={(received ?? first).refusal?.code} />
          </summary>
          {first.wire !== null && <p class="address">{legibleText(`${first.wire.method} ${first.wire.url}`)}</p>}
          <XmlView document={first.document ?? ''} />
        </details>
      ))}
    </div>
  )
}

function Verdict({ accepted, code }: { accepted: boolean | null; code: string | undefined }) {
  if (accepted === null) return null
  return accepted ? <span class="good"> ✓ accepted</span> : <span class="bad"> ✗ refused {code}</span>
}
