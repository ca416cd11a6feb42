import type { RunningParties } from '../roles/running-parties.ts'
import { makeControl } from './client.ts'
import { type Control, withLabs } from './labs-of.ts'
import type { EventSource } from './operation.ts'

/** The operations on the parties of this process, checked and answered as over HTTP. */
export function controlInProcess(parties: RunningParties): Control {
  const operations = makeControl({
    async call(row, called) {
      const [{ perform }, operation] = await Promise.all([import('./perform.ts'), row.load()])
      if ('open' in operation) throw new TypeError(`${row.library} is a stream`)
      const { answer } = await perform(operation, parties, called)
      return answer
    },
    async stream(row, called, signal) {
      // Only replicas have something to catch up with, and only they need wait for it.
      if (parties.replicas !== undefined) await parties.journal.catchUp()
      const given = fromNowOn(parties, called.given)
      const [{ open }, operation] = await Promise.all([import('./perform.ts'), row.load()])
      if (!('open' in operation)) throw new TypeError(`${row.library} is no stream`)
      const source = await open(operation, parties, { ...called, given })
      signal.addEventListener('abort', source.stop, { once: true })
      return octetsOf(source)
    },
  })
  return withLabs(operations, (id) => {
    // Only who has labs can have made one.
    const lab = parties.labs?.get(id).parties ?? parties
    return controlInProcess(lab)
  })
}

/** Loading takes a moment, in which something may happen. */
function fromNowOn({ journal: { last } }: RunningParties, given: unknown): unknown {
  const { after = last, ...others } = given as { readonly after?: unknown }
  return { after, ...others }
}

async function* octetsOf({ next, stop }: EventSource): AsyncGenerator<Uint8Array> {
  try {
    for (let octets = await next(); octets !== undefined; octets = await next()) yield octets
  } finally {
    stop()
  }
}
