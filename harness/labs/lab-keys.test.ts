import { expect, test } from 'vitest'
import type { Credential } from '#saml/credentials'
import { labKeys } from './lab-keys.ts'

const pool = async (name: string) => ({ certificatePem: name }) as Credential
const asked = async (keys: ReturnType<typeof labKeys>, names: readonly string[]) =>
  (await Promise.all(names.map(keys))).map(({ certificatePem }) => certificatePem)

test('keys of one kind are taken from the pool in the order of asking, whatever their names are', async () => {
  const names = ['idp', 'sp-corp', 'sp-corp-encryption', 'partner-wiki', 'sp', 'partner-mail']
  expect(await asked(labKeys(pool), names)).toEqual(['idp', 'sp', 'sp-2', 'partner', 'sp-3', 'partner-2'])
})

test('who asks again gets the same key', async () => {
  expect(await asked(labKeys(pool), ['sp-a', 'sp-b', 'sp-a'])).toEqual(['sp', 'sp-2', 'sp'])
})

test('two labs share keys, whatever their parties are called', async () => {
  const [one, other] = [labKeys(pool), labKeys(pool)]
  expect(await asked(one, ['sp-a'])).toEqual(await asked(other, ['sp-z']))
})
