import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { startLab, type World } from '../../harness/index.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { runBundle } from './run-bundle.ts'
import { runScenario } from './run-scenario.ts'
import type { Bundle } from './write-bundle.ts'

const at = 'https://sp.example.test'
const given: World = {
  entityId: 'https://idp.example.test/idp',
  users: [{ name: 'person1' }],
  realms: [{ name: 'saml1', entityId: at, acs: `${at}/acs`, logout: `${at}/logout` }],
}
const lab = await startLab(given)
afterAll(() => lab.close())

const change = { escapes: { signed: 'upper', sent: 'lower' } }
const scenario: Scenario = {
  id: 'captured/escapes',
  title: 'a LogoutRequest is refused with SAML_SIGNATURE',
  clauses: [],
  given,
  steps: [
    { kind: 'sign-in', user: 'person1', at },
    { kind: 'sign-out', by: 'idp', user: 'person1', at, change },
  ],
  expected: {
    answers: [
      { what: 'Response', refusal: null },
      { what: 'LogoutRequest', refusal: 'SAML_SIGNATURE' },
    ],
  },
}

test('a scenario of messages that holds has no differences, its world being started for it', async () => {
  const { differences, answers } = await runScenario(JSON.parse(JSON.stringify(scenario)))
  expect({ differences, answers }).toEqual({ differences: [], answers: scenario.expected.answers })
})

test('one that does not hold says so, and is written to a file that repeats it, without keys', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sloop-bundle-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const [first, ...rest] = scenario.expected.answers ?? []
  const wrong = { ...scenario, expected: { answers: [...(first ? [first] : []), ...rest.map(() => accepted)] } }
  const report = await runScenario(wrong, { lab, bundle: folder })
  const difference =
    'message 2 is a LogoutRequest that is refused with SAML_SIGNATURE, expected a LogoutRequest that is accepted and ends 1 pairs of tokens'
  expect(report).toMatchObject({
    differences: [difference],
    bundle: join(folder, 'captured-escapes.sloop-bundle.json'),
  })
  const text = readFileSync(report.bundle ?? '', 'utf8')
  const bundle = JSON.parse(text) as Bundle
  expect(bundle).toMatchObject({ format: 'sloop-bundle', formatVersion: 1, scenario: wrong, world: { realms: [{}] } })
  expect(bundle.entries).toContainEqual(
    expect.objectContaining({ what: 'LogoutRequest', refusal: expect.objectContaining({ code: 'SAML_SIGNATURE' }) }),
  )
  expect(bundle.certificates.map(({ entityId }) => entityId)).toContain('https://idp.example.test/idp')
  const { accessToken, refreshToken } = lab.issuedTokens().at(-1) ?? { accessToken: '', refreshToken: '' }
  const secrets = ['PRIVATE KEY', 'changeme', accessToken, refreshToken]
  expect(secrets.filter((secret) => text.includes(secret))).toEqual([])
  expect((await runBundle(bundle)).differences).toEqual([difference])
})

const accepted = { what: 'LogoutRequest', refusal: null, invalidated: 1 }

test('of a bundle without a scenario the messages in its journal are repeated', async () => {
  const { answers, differences } = await runBundle(JSON.parse(JSON.stringify(await lab.bundle())))
  expect({ last: answers.at(-1), differences }).toEqual({ last: scenario.expected.answers?.[1], differences: [] })
})

test('what is no bundle, and a step that nobody knows, are told before anything starts', async () => {
  const message = 'expected a sloop-bundle of version 1, found {"format":"other"}'
  await expect(runBundle(JSON.parse('{"format":"other"}'))).rejects.toThrow(new TypeError(message))
  const misspelt = JSON.parse(JSON.stringify({ ...scenario, steps: [{ kind: 'sing-in' }] }))
  await expect(runScenario(misspelt)).rejects.toThrow(
    new TypeError('captured/escapes: steps[0].kind: there is no step [sing-in], did you mean sign-in?'),
  )
})
