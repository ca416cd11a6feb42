import type { Clock } from '#server/clock'

/** A request that a realm wrote. */
export interface WrittenRequest {
  readonly id: string
  readonly kind: 'AuthnRequest' | 'LogoutRequest'
  /** Epoch milliseconds. */
  readonly at: number
}

const MOST_REQUESTS = 1_000

/** Remembers the newest thousand requests. A node remembers none: they explain a refusal, and nothing is accepted for them. */
export class WrittenRequests {
  readonly #clock: Clock
  readonly #byId = new Map<string, WrittenRequest>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** The oldest first. */
  readonly list = (): readonly WrittenRequest[] => [...this.#byId.values()]

  /** Passes what was written, if anything was. */
  note<Written extends { readonly id: string } | undefined>(kind: WrittenRequest['kind'], written: Written): Written {
    if (written === undefined) return written
    const [oldest] = this.#byId.keys()
    if (oldest !== undefined && this.#byId.size >= MOST_REQUESTS) this.#byId.delete(oldest)
    this.#byId.set(written.id, { id: written.id, kind, at: this.#clock.now() })
    return written
  }
}
