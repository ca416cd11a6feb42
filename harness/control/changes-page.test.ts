import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { describeChanges } from '../../idp/changes/index.ts'
import { changesPage } from './changes-page.ts'

test('docs/changes.md is what the list of changes says; vitest -u writes it anew', async () => {
  await expect(changesPage()).toMatchFileSnapshot('../../docs/changes.md')
})

test('every bug that a change reproduces is a row of the catalogue', async () => {
  const catalogue = readFileSync(new URL('../../../shared/spec/logout-bugs.md', import.meta.url), 'utf8')
  const rows = [...catalogue.matchAll(/^\| ([A-J]\d+) \|/gm)].map(([, row]) => row)
  expect(rows).toHaveLength(118)
  const named = describeChanges().flatMap(({ bugs }) => bugs)
  expect(named.length).toBeGreaterThan(60)
  expect(named.filter((bug) => !rows.includes(bug))).toEqual([])
})
