import { expect, test } from 'vitest'
import { controlReference } from './reference.ts'

test('docs/control.md is what the table says; vitest -u writes it anew', async () => {
  await expect(await controlReference()).toMatchFileSnapshot('../../docs/control.md')
})
