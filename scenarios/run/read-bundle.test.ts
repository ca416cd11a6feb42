import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { ConfigError } from '#server/config-error'
import { open, press } from '../scenario/steps.ts'
import { readBundle } from './read-bundle.ts'

const folder = mkdtempSync(join(tmpdir(), 'sloop-bundle-file-'))
afterAll(() => rmSync(folder, { recursive: true }))

const path = join(folder, 'a.json')
const scenario = {
  ...{ id: 'a/b', title: 'a', clauses: [], given: { users: [{ name: 'dana' }] } },
  ...{ steps: [open('application'), press('dana')], expected: { calls: [{ api: 'logout' }] } },
}
const bundle = { format: 'sloop-bundle', formatVersion: 1, entries: [], scenario }

const written = (text: string) => {
  writeFileSync(path, text)
  return readBundle(path)
}
const withScenario = (change: object) => JSON.stringify({ ...bundle, scenario: { ...scenario, ...change } }, null, 1)

test('the scenario in a bundle is what is repeated', async () => {
  expect(await written(JSON.stringify(bundle))).toEqual(JSON.parse(JSON.stringify(scenario)))
})

test.each([
  ['{\n  "format": ,\n}', `${path}:2:13: no JSON, ValueExpected`],
  ['[]', `${path}:1:1: expected a sloop-bundle, which is an object`],
  ['{"a": 1}', `${path}:1:1: expected a sloop-bundle, found no format in it`],
  [
    '{"formatVersion": 1,\n "fromat": "sloop-bundle"}',
    `${path}:2:2: fromat: expected a sloop-bundle, found no format in it; did you mean format?`,
  ],
  ['{"format": "har"}', `${path}:1:2: format: expected sloop-bundle, found "har"`],
  [JSON.stringify({ ...bundle, formatVersion: 2 }), `${path}:1:26: formatVersion: expected 1, found 2`],
  [withScenario({ titel: 'a' }), `${path}:33:3: scenario.titel: unknown key, did you mean title?`],
  [
    withScenario({ steps: [{ kind: 'pres' }] }),
    `${path}:18:5: scenario.steps[0].kind: there is no step [pres], did you mean press?`,
  ],
  [withScenario({ steps: [{ kind: 'press' }] }), `${path}:17:4: scenario.steps[0].control: it is missing`],
  [
    withScenario({ steps: [{ kind: 'press', control: 'a', brwoser: 'b' }] }),
    `${path}:20:5: scenario.steps[0].brwoser: unknown key, did you mean browser?`,
  ],
  [withScenario({ steps: {} }), `${path}:16:3: scenario.steps: expected a list, found {}`],
  [
    withScenario({ expected: { calls: [{ api: 'logout', refusd: 'a' }] } }),
    `${path}:30:6: scenario.expected.calls[0].refusd: unknown key, did you mean refused?`,
  ],
  [
    withScenario({ given: { users: [{ nmae: 'dana' }] } }),
    `${path}:12:6: scenario.given.users[0].nmae: unknown key, did you mean name?`,
  ],
])('what is none is refused by file, line and nearest word: %s', async (text, sentence) => {
  await expect(written(text)).rejects.toThrow(new ConfigError(`--bundle: ${sentence}`))
})

test('a file that is not there is said to be so', async () => {
  await expect(readBundle(join(folder, 'b.json'))).rejects.toThrow(
    new ConfigError(
      `--bundle: cannot read ${join(folder, 'b.json')}: there is no such file, expected the file of a sloop-bundle`,
    ),
  )
})
