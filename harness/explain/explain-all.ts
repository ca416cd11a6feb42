import type { Explained, Judge } from './explained.ts'
import type { Found, FoundMessage } from './found-message.ts'
import { type Moment, momentOf } from './moment.ts'

/** A message and what was said of it. */
export interface ExplainedMessage {
  readonly message: FoundMessage
  readonly moment: Moment
  readonly explained: Explained
}

export interface Asking {
  readonly judge: Judge
  /** As of when, if anybody says. */
  readonly at: string | undefined
  /** Epoch milliseconds. */
  readonly now: number
}

/** Has every message judged, in their order. */
export async function explainAll(
  { messages }: Found,
  { judge, at, now }: Asking,
): Promise<readonly ExplainedMessage[]> {
  const all: ExplainedMessage[] = []
  for (const message of messages) {
    const moment = momentOf(message.presented, { said: at, now })
    all.push({ message, moment, explained: await judge(message.presented, moment) })
  }
  return all
}

/** 0: all are accepted; 2: one is refused; 1: none is refused, and something could not be read. */
export function exitCodeOf({ unread }: Found, all: readonly ExplainedMessage[]): 0 | 1 | 2 {
  if (all.some(({ explained }) => !explained.accepted)) return 2
  return unread.length > 0 ? 1 : 0
}

/** What `--json` prints: the object of a message, or those of a capture. */
export function jsonOf({ isCapture, unread }: Found, all: readonly ExplainedMessage[]): object {
  const [first] = all
  if (!isCapture && first !== undefined) return objectOf(first)
  return { messages: all.map(objectOf), unread }
}

const objectOf = ({ message: { where, notes }, moment: { at }, explained }: ExplainedMessage) => ({
  ...(where !== undefined && { where }),
  ...explained,
  ...(at !== undefined && { at }),
  notes,
})
