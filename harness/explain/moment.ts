import { isInstant, parseInstant } from '#saml/instants'
import type { Presented } from '#saml/rules/presented'
import { documentIn } from './document-in.ts'

const dayMs = 24 * 60 * 60 * 1000

/** As of when a message is judged. */
export interface Moment {
  /** Now when undefined. */
  readonly at: string | undefined
  /** Whether it is the message's own, and nobody asked for it. */
  readonly isItsOwn: boolean
}

/** As was said; else as of its own IssueInstant where that is older than a day, since it is not looked at as it arrives; else now, in epoch milliseconds. */
export function momentOf(
  presented: Presented,
  { said, now }: { readonly said: string | undefined; readonly now: number },
): Moment {
  if (said !== undefined) return { at: said, isItsOwn: false }
  const [, written = ''] = /\sIssueInstant\s*=\s*["']([^"'<]{1,64})["']/.exec(documentIn(presented) ?? '') ?? []
  const isOld = isInstant(written) && now - parseInstant(written) > dayMs
  return { at: isOld ? written : undefined, isItsOwn: isOld }
}
