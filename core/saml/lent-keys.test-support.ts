import { AsyncLocalStorage } from 'node:async_hooks'
import type { KeyPairKeyObjectResult } from 'node:crypto'
import { TestRunner } from 'vitest'
// Under its long name: vitest.config.ts puts this file in the place of ./key-pair.ts.
import { generateKeys as generateFresh, type KeyKind } from '../saml/key-pair.ts'

export type { KeyKind }

type Keys = Promise<KeyPairKeyObjectResult>
type Borrower = ReturnType<typeof TestRunner.getCurrentTest>

const lasting = new AsyncLocalStorage<true>()
const pools = new Map<KeyKind, { readonly keys: Keys; borrower: Borrower }[]>()

/**
 * Lends a key: within one test every one is another, and the next test gets the same ones again, since making them takes longer than most tests. What is
 * made outside of a test, such as the parties that all tests of a file share, is nobody else's.
 */
export function generateKeys(kind: KeyKind): Keys {
  const borrower = lasting.getStore() ? undefined : TestRunner.getCurrentTest()
  if (borrower === undefined) return generateFresh(kind)
  const pool = pools.get(kind) ?? []
  pools.set(kind, pool)
  const free = pool.find((each) => each.borrower !== borrower)
  if (free === undefined) {
    const keys = generateFresh(kind)
    pool.push({ keys, borrower })
    return keys
  }
  free.borrower = borrower
  return free.keys
}

/** Makes what outlives the test that asks for it, so that its keys are lent to nobody. */
export function makeLasting<T>(make: () => T): T {
  return lasting.run(true, make)
}
