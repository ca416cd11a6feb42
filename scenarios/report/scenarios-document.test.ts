import { expect, test } from 'vitest'
import { scenariosDocument } from './scenarios-document.test-support.ts'

test('docs/scenarios.md is what the catalogue says; vitest -u writes it anew', async () => {
  await expect(scenariosDocument()).toMatchFileSnapshot('../../docs/scenarios.md')
})
