import { expect, test } from 'vitest'
import { aftermathOf, noEffect, unauthenticatedSaml } from './bad-input.test-support.ts'
import { signedLogin } from './realm/test-logins.test-support.ts'

/** `cases/robustness.md` X2: who has one genuine Response adds to it what makes canonicalisation write much. */
const genuine = (await signedLogin()).toString()
const enlarged = (nameLength: number) => {
  const content = `<y:w xmlns:y="u:y" xmlns:x="u:${'x'.repeat(nameLength - 2)}">${'<x:a/>'.repeat(4_800)}</y:w>`
  return Buffer.from(genuine.replace('</saml2:Conditions>', `$&<saml2:Advice>${content}</saml2:Advice>`))
}

test.each([
  ['beyond the limit', 100_000, 'SAML_TOO_LARGE'],
  ['at the limit', 1_024, 'SAML_SIGNATURE'],
])('a genuine Response is refused with many elements of a long namespace name: %s', async (_case, length, code) => {
  const { answer, effects, logged } = await aftermathOf((node) => node.authenticate(enlarged(length)))
  expect([answer.status, answer.json]).toEqual([401, unauthenticatedSaml])
  expect(effects).toEqual(noEffect)
  expect(logged).toEqual([{ code, level: 'warn' }])
})
