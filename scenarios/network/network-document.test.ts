import { expect, test } from 'vitest'
import { networkDocument } from './network-document.ts'

test('docs/network.md is what the conditions say; vitest -u writes it anew', async () => {
  await expect(networkDocument()).toMatchFileSnapshot('../../docs/network.md')
})
