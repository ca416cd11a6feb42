import { onTestFinished } from 'vitest'
import { settableClock } from '../../clock.ts'
import { newId } from '../../ids.ts'
import type { JournalBounds } from '../../journal/kept-entries.ts'
import type { Seen } from '../../journal/seen.ts'
import type { RedisConnection } from './redis-connection.ts'
import { createRedisJournal } from './redis-journal.ts'
import { keysOf } from './redis-store.ts'

export const clock = settableClock(5_000)

/** Makes replicas of a lab of their own, at an engine. */
export const replicasAt =
  (connection: () => RedisConnection) =>
  (bounds: JournalBounds = { entries: 100, octets: 1_000_000 }) => {
    const prefix = keysOf(newId())
    const replica = () => {
      const journal = createRedisJournal(connection(), { prefix, bounds, real: settableClock(7_000), breathMs: 5 })
      onTestFinished(journal.close)
      return { ...journal, journal, party: journal.of('idp', clock) }
    }
    return { prefix, one: replica(), other: replica(), replica }
  }

export const call = (id: string): Seen => ({ what: 'call', id })
export const idsOf = (entries: readonly Seen[]) => entries.map(({ id }) => id)
