import { expect, test } from 'vitest'
import { newId } from '../../ids.ts'
import { StoreUnavailable } from '../store-unavailable.ts'
import { testStores } from '../stores.test-support.ts'
import type { RedisConnection } from './redis-connection.ts'
import { createRedisLabStore } from './redis-store.ts'

const { connection } = testStores()

test('a write that fails while somebody reads leaves nothing forgotten', async () => {
  let isHeld = false
  let pass = () => {}
  const passed = new Promise<void>((resolve) => {
    pass = resolve
  })
  const slow: RedisConnection = {
    ...connection(),
    run: async (script, ...given) => {
      const isReading = script.text.includes('ZRANGEBYSCORE')
      if (isHeld && isReading) await passed
      const answer = await connection().run(script, ...given)
      if (isHeld && !isReading) throw new StoreUnavailable('the answer was late')
      return answer
    },
  }
  const { replicas, of } = createRedisLabStore(slow, newId())
  const { refresh, settle } = replicas
  const map = of('idp').sharedMap<string>({ name: 'things' })
  map.put('a', 'before')
  await settle()
  await refresh()
  isHeld = true
  const reading = refresh()
  map.put('b', 'late')
  await expect(settle()).rejects.toThrow('the answer was late')
  pass()
  await reading
  expect([map.get('a'), map.get('b')]).toEqual(['before', 'late'])
})
