import { Worker } from 'node:worker_threads'
import { type Asked, brokenOff, type ScenarioResult } from './scenario-result.ts'
import { type TellOptions, tell } from './tell.ts'

/** What a story is told with, for another thread: all but functions. */
export type OrderOptions = Omit<TellOptions, 'openBrowser' | 'start'>

/** What a thread is sent. */
export interface Order {
  readonly number: number
  readonly asked: Asked
  readonly options: OrderOptions
}

/** What it sends when the story is over. */
export interface Answer {
  readonly number: number
  readonly result: ScenarioResult
}

/** Who tells stories. */
export interface Teller {
  /** Never rejects. */
  tell(asked: Asked): Promise<ScenarioResult>
  /** What is still being told is told no further. */
  close(): Promise<void>
}

/** Tells stories in so many threads, of which this is one. */
export function openTeller(options: TellOptions, threads: number): Teller {
  const here: Teller = { tell: (asked) => tell(asked, options), close: async () => undefined }
  const { openBrowser: _, start: __, ...others } = options
  return several([here, ...Array.from({ length: threads - 1 }, () => startThread(others))])
}

/** Tells each story where the fewest are being told. */
export function several(tellers: readonly [Teller, ...Teller[]]): Teller {
  const underWay = new Map(tellers.map((teller) => [teller, 0]))
  const countOf = (teller: Teller) => underWay.get(teller) ?? 0
  return {
    async tell(asked) {
      const teller = tellers.reduce((one, other) => (countOf(other) < countOf(one) ? other : one))
      underWay.set(teller, countOf(teller) + 1)
      return teller.tell(asked).finally(() => underWay.set(teller, countOf(teller) - 1))
    },
    async close() {
      await Promise.all(tellers.map((teller) => teller.close()))
    },
  }
}

/** What is built has the same place relative to every file that this can be part of. */
const program = new URL('../scenarios/run/story-thread.js', import.meta.url)

/** Tells stories in a thread of its own, over HTTP. A story is told as if it did not hold once the thread has ended by itself. */
export function startThread(options: OrderOptions, thread = new Worker(program)): Teller {
  const waiting = new Map<number, { readonly asked: Asked; readonly answer: (result: ScenarioResult) => void }>()
  let count = 0
  let ended: string | undefined
  const take = (number: number, result: ScenarioResult) => {
    const { asked, answer } = waiting.get(number) ?? {}
    waiting.delete(number)
    // What went to and fro is a copy.
    answer?.({ ...result, ...asked })
  }
  const end = (sentence: string) => {
    ended ??= sentence
    for (const [number, { asked }] of waiting) take(number, brokenOff(asked, ended))
  }
  thread.on('message', ({ number, result }: Answer) => take(number, result))
  thread.on('error', (error) => end(`the thread that tells it ended: ${error.message}`))
  thread.on('exit', (code) => end(`the thread that tells it ended with ${code}`))
  return {
    tell: (asked) => {
      if (ended !== undefined) return Promise.resolve(brokenOff(asked, ended))
      count += 1
      const number = count
      return new Promise((answer) => {
        waiting.set(number, { asked, answer })
        thread.postMessage({ number, asked, options } satisfies Order)
      })
    },
    close: async () => {
      await thread.terminate()
    },
  }
}
