import { onTestFinished } from 'vitest'
import { settableClock } from '../../clock.ts'
import { newId } from '../../ids.ts'
import type { JournalBounds } from '../../journal/kept-entries.ts'
import type { Seen } from '../../journal/seen.ts'
import type { RedisConnection } from './redis-connection.ts'
import { createRedisLabStore, keysOf } from './redis-store.ts'

export const clock = settableClock(5_000)

/** For a journal that nobody resets. */
export const noReset = () => undefined

/** Makes replicas of a lab of their own, at an engine. */
export const replicasAt =
  (connection: () => RedisConnection) =>
  (bounds: JournalBounds = { entries: 100, octets: 1_000_000 }) => {
    const lab = newId()
    const prefix = keysOf(lab)
    const replica = () => {
      const options = { bounds, real: settableClock(7_000), breathMs: 5 }
      const { journal, replicas } = createRedisLabStore(connection(), lab, options)
      onTestFinished(journal.close)
      return { ...journal, journal, settle: replicas.settle, party: journal.of('idp', clock) }
    }
    return { prefix, one: replica(), other: replica(), replica }
  }

export const call = (id: string): Seen => ({ what: 'call', id })
export const idsOf = (entries: readonly Seen[]) => entries.map(({ id }) => id)
