import { test } from 'vitest'
import { createInMemoryTokenStore } from './in-memory-token-store.ts'
import { tokenStoreContract } from './token-store-contract.ts'

for (const { rule, check } of tokenStoreContract) test(rule, () => check(createInMemoryTokenStore()))
