import { follow } from '#server/journal/follow'
import type { Journal } from '#server/journal/journal'
import type { KeptSeen } from '#server/journal/seen'
import { createDescriber, type Describer } from '../journal/describe-entry.ts'
import { entrySchema } from '../journal/entry-schema.ts'
import { streamSchema } from './journal-schema.ts'
import { streamedOperation } from './operation.ts'

/**
 * The events of a journal. A subscriber is given what comes next when it has read what came before, and holds nothing until then; when that has fallen out meanwhile it is told so by `dropped`, the last event.
 */
export const streamJournal = streamedOperation({
  request: streamSchema,
  answer: entrySchema,
  open: (parties, { given: { after } }) => {
    const { journal } = parties
    const follower = follow(journal, { after })
    const encoder = encoderOf(journal)
    return {
      async next() {
        const followed = await follower.next()
        if (followed?.kind !== 'entries') return followed && octetsOf(told(followed))
        return encoder.encode(followed.entries, createDescriber(parties))
      },
      stop: follower.stop,
    }
  },
})

function told(
  followed: { readonly kind: 'gap' | 'dropped'; readonly count: number } | { readonly kind: 'quiet' },
): string {
  if (followed.kind === 'quiet') return ':\n\n'
  const { kind, count } = followed
  const message =
    kind === 'gap'
      ? `${count} entries had fallen out of the journal already`
      : `${count} entries fell out of the journal before they were read here`
  return `event: ${kind}\ndata: ${JSON.stringify({ count, message })}\n\n`
}

const utf8 = new TextEncoder()
const octetsOf = (text: string): Uint8Array => utf8.encode(text)

interface Encoder {
  encode(entries: readonly KeptSeen[], describer: Describer): Uint8Array
}

const encoders = new WeakMap<Journal, Encoder>()

/** One for all who follow a journal. */
function encoderOf(journal: Journal): Encoder {
  const encoder = encoders.get(journal) ?? createEncoder()
  encoders.set(journal, encoder)
  return encoder
}

const mostRemembered = 8

/** Those who read along are at the same entries: the last few runs of entries are encoded once for all of them. */
function createEncoder(): Encoder {
  const remembered = new Map<string, Uint8Array>()
  return {
    encode(entries, { describe }) {
      const key = `${entries[0]?.seq}-${entries.at(-1)?.seq}`
      const known = remembered.get(key)
      if (known !== undefined) return known
      const octets = octetsOf(
        entries.map((entry) => `id: ${entry.seq}\ndata: ${JSON.stringify(describe(entry))}\n\n`).join(''),
      )
      remembered.set(key, octets)
      const [oldest] = remembered.keys()
      if (remembered.size > mostRemembered && oldest !== undefined) remembered.delete(oldest)
      return octets
    },
  }
}
