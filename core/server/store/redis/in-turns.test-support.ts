import { setImmediate as nextTurn } from 'node:timers/promises'
import type { RedisConnection } from './redis-connection.ts'

/** Connections of several replicas to one engine, of which each sends a command only when it is its turn. */
export interface Turns {
  /** The connection of the next replica: 0, 1 and so on. */
  over(connection: RedisConnection): RedisConnection
  /** Does both, as replica 0 and 1, command by command in this order, whose last goes on to its end; where it is the turn of one that wants nothing, the other goes on. */
  run(both: readonly [() => Promise<unknown>, () => Promise<unknown>], order: readonly (0 | 1)[]): Promise<void>
}

/** Outside of `run` every command goes out at once. */
export function inTurns(): Turns {
  const waiting: (() => Promise<unknown>)[][] = []
  let isRunning = false
  const inTurn = <T>(replica: number, command: () => Promise<T>): Promise<T> => {
    if (!isRunning) return command()
    return new Promise((resolve, reject) => {
      waiting[replica]?.push(() => command().then(resolve, reject))
    })
  }
  return {
    over(connection) {
      const replica = waiting.push([]) - 1
      return {
        ...connection,
        send: (key, words) => inTurn(replica, () => connection.send(key, words)),
        run: (script, keys, words) => inTurn(replica, () => connection.run(script, keys, words)),
      }
    },
    async run(both, order) {
      isRunning = true
      let isOver = false
      const done = Promise.all(both.map((each) => each())).finally(() => {
        isOver = true
      })
      // Whoever waits for `run` hears of it.
      done.catch(() => undefined)
      const turns = order[Symbol.iterator]()
      while (!isOver) {
        await nextTurn()
        const wanted = turns.next().value ?? order.at(-1) ?? 0
        const command = waiting[wanted]?.shift() ?? waiting[1 - wanted]?.shift()
        await command?.()
      }
      isRunning = false
      await done
    },
  }
}
