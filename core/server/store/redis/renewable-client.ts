import type { SendCommand } from './redis-connection.ts'

/** What brings commands to an engine, until it is destroyed. */
export interface Client {
  readonly send: SendCommand
  readonly destroy: () => void
}

export interface Making {
  /** Ends it. */
  readonly signal: AbortSignal
  /** For the client to tell that it is of no use any more. */
  readonly onLost: () => void
}

interface Renewing {
  readonly first: (making: Making) => Promise<Client>
  readonly next: (making: Making) => Promise<Client>
  readonly pauseMs: number
  /** How long what is on its way may still be answered by one that was replaced. */
  readonly graceMs: number
  readonly onFailed: (cause: Error) => void
  /** Another one, or the first, is used from now on. */
  readonly onNew: () => void
}

export interface RenewableClient extends Client {
  /** Puts another one in the place of this one after a pause, as soon as one can be made. Until then this one is used. */
  readonly renew: () => void
}

/** A client that can be of no use while it stands: its engine fell silent, or another one serves now. @throws what `first` throws */
export async function renewable(renewing: Renewing): Promise<RenewableClient> {
  const { pauseMs, graceMs } = renewing
  const over = new AbortController()
  const retired = new Set<Client>()
  let isRenewing = false
  let current: Client | undefined
  const make = async (how: Renewing['first']): Promise<Client> => {
    let client: Client | undefined
    const onLost = () => void (client !== undefined && client === current && renew())
    client = await how({ signal: over.signal, onLost })
    return client
  }
  const retire = (client: Client) => {
    retired.add(client)
    const end = () => {
      client.destroy()
      retired.delete(client)
    }
    setTimeout(end, graceMs).unref()
  }
  const attempt = async (): Promise<void> => {
    if (over.signal.aborted) return
    try {
      const next = await make(renewing.next)
      if (current !== undefined) retire(current)
      current = next
      isRenewing = false
      if (over.signal.aborted) next.destroy()
      else renewing.onNew()
    } catch (cause) {
      if (over.signal.aborted) return
      renewing.onFailed(cause as Error)
      soon()
    }
  }
  const soon = () => void setTimeout(() => void attempt(), pauseMs).unref()
  const renew = () => {
    if (isRenewing) return
    isRenewing = true
    soon()
  }
  const first = await make(renewing.first)
  current = first
  renewing.onNew()
  return {
    send: (key, words) => (current ?? first).send(key, words),
    renew,
    destroy: () => {
      over.abort()
      for (const client of [current ?? first, ...retired]) client.destroy()
    },
  }
}
