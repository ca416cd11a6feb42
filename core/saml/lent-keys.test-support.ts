import { AsyncLocalStorage } from 'node:async_hooks'
import type { KeyPairKeyObjectResult } from 'node:crypto'
import { expect, TestRunner } from 'vitest'
// Under its long name: vitest.config.ts puts this file in the place of ./key-pair.ts.
import { generateKeys as generate, type KeyKind } from '../saml/key-pair.ts'
import { nextKeys } from './keys-of-primes.test-support.ts'

export type { KeyKind }

type Keys = Promise<KeyPairKeyObjectResult>

/** Who has a key: a test, or outside of all tests the file. */
interface Borrower {
  readonly file: string | undefined
  readonly test: ReturnType<typeof TestRunner.getCurrentTest>
}

const lasting = new AsyncLocalStorage<true>()
const pools = new Map<KeyKind, { readonly keys: Keys; borrower: Borrower }[]>()

/**
 * Lends a key: within one test, and beside what its file made for all of its tests, every one is another. The next test gets the same ones again, and so
 * does the next file, since making them takes longer than most tests. What several files share makes its keys by `makeLasting`.
 */
export function generateKeys(kind: KeyKind): Keys {
  if (lasting.getStore()) return generateFresh(kind)
  const borrower = { file: expect.getState().testPath, test: TestRunner.getCurrentTest() }
  const pool = pools.get(kind) ?? []
  pools.set(kind, pool)
  const free = pool.find((each) => isOver(each.borrower, borrower))
  if (free === undefined) {
    const keys = generateFresh(kind)
    pool.push({ keys, borrower })
    return keys
  }
  free.borrower = borrower
  return free.keys
}

async function generateFresh(kind: KeyKind): Keys {
  return (kind === 'RSA-2048' ? nextKeys() : undefined) ?? generate(kind)
}

function isOver({ file, test }: Borrower, now: Borrower): boolean {
  return file !== now.file || (test !== undefined && test !== now.test)
}

/** Makes what outlives the test or the file that asks for it, so that its keys are lent to nobody. */
export function makeLasting<T>(make: () => T): T {
  return lasting.run(true, make)
}
