import { setImmediate as turnOfTheLoop } from 'node:timers/promises'
import { systemClock } from '../../clock.ts'
import { newId } from '../../ids.ts'
import type { Records } from '../records.ts'
import { StoreUnavailable } from '../store-unavailable.ts'
import type { ClusterNode } from './redis-cluster.test-support.ts'
import type { RedisConnection } from './redis-connection.ts'
import { createRedisLabStore, keysOf } from './redis-store.ts'

/** A lab into which somebody writes all the time. */
export interface WrittenLab {
  readonly id: string
  /** What was acknowledged. */
  readonly acknowledged: readonly string[]
  /** What was answered instead. */
  readonly refused: readonly { readonly says: string; readonly afterMs: number }[]
  /** What was neither: of which nobody should hear. */
  readonly mistakes: readonly unknown[]
  /** Of what was acknowledged, what another replica does not find, or finds in one of its two places only. */
  missing(redis: RedisConnection): Promise<readonly string[]>
}

/** The id of a lab that is in this node. */
export async function labIn(node: ClusterNode): Promise<string> {
  const known = (await node.ask('CLUSTER', 'SLOTS')) as readonly [number, number, readonly [string, number]][]
  for (;;) {
    const id = newId()
    const slot = Number(await node.ask('CLUSTER', 'KEYSLOT', keysOf(id)))
    if (known.some(([from, to, [, port]]) => port === node.port && from <= slot && slot <= to)) return id
  }
}

const recordsOf = (redis: RedisConnection, lab: string): Records<string> =>
  createRedisLabStore(redis, lab)
    .of('party')
    .records({ name: 'things', clock: systemClock, capacity: 1_000_000, indexesOf: (value) => [value] })

/** Three at a time write into each lab as long as the work takes. */
export async function whileWriting(
  redis: RedisConnection,
  { labs, work }: { labs: readonly string[]; work: (written: readonly WrittenLab[]) => Promise<void> },
): Promise<readonly WrittenLab[]> {
  let isOver = false
  const written = labs.map((id) => {
    const lab = {
      acknowledged: [] as string[],
      refused: [] as { says: string; afterMs: number }[],
      mistakes: [] as unknown[],
    }
    const records = recordsOf(redis, id)
    const write = async () => {
      while (!isOver) {
        const began = performance.now()
        const key = newId()
        try {
          if (await records.add(key, `of ${key}`, systemClock.now() + 3_600_000)) lab.acknowledged.push(key)
          else lab.mistakes.push('what is new was there')
        } catch (error) {
          if (!(error instanceof StoreUnavailable)) lab.mistakes.push(error)
          else lab.refused.push({ says: error.message, afterMs: performance.now() - began })
          await turnOfTheLoop()
        }
      }
    }
    const missing = async (other: RedisConnection) => {
      const found = recordsOf(other, id)
      const lacking: string[] = []
      for (const key of lab.acknowledged) {
        const here = [await found.get(key), ...(await found.findBy(`of ${key}`))]
        if (here.join() !== `of ${key},of ${key}`) lacking.push(`${key}: ${here}`)
      }
      return lacking
    }
    return { id, ...lab, missing, writing: Promise.all([write(), write(), write()]) }
  })
  try {
    await work(written)
  } finally {
    isOver = true
    await Promise.all(written.map(({ writing }) => writing))
  }
  return written
}
