import { expect, test } from 'vitest'
import { changesPage } from './changes-page.ts'

test('docs/changes.md is what the list of changes says; vitest -u writes it anew', async () => {
  await expect(await changesPage()).toMatchFileSnapshot('../../docs/changes.md')
})
