import { expect, test } from 'vitest'
import { NAME_ID_FORMAT } from '#saml/names'
import { newId } from '#server/ids'
import { makeNameId } from './name-ids.ts'
import { defaultUsers } from './users.ts'

const [alice, bob] = defaultUsers as [(typeof defaultUsers)[0], (typeof defaultUsers)[0]]
const nameId = (format: string, { user = alice, spEntityId = 'orders' } = {}) =>
  makeNameId({ format, user, spEntityId, idpEntityId: 'idp', newId })

test('C100 a transient identifier is another one at each login', () => {
  const first = nameId(NAME_ID_FORMAT.transient)
  expect(first.value).toMatch(/^_[0-9a-f]{40}$/)
  expect(nameId(NAME_ID_FORMAT.transient).value).not.toBe(first.value)
})

test('a persistent identifier is the same at each login and says for whom it holds', () => {
  const first = nameId(NAME_ID_FORMAT.persistent)
  expect(first).toMatchObject({ nameQualifier: 'idp', spNameQualifier: 'orders' })
  expect(nameId(NAME_ID_FORMAT.persistent)).toEqual(first)
})

test('a persistent identifier differs between users and between service providers', () => {
  const values = [
    nameId(NAME_ID_FORMAT.persistent),
    nameId(NAME_ID_FORMAT.persistent, { user: bob }),
    nameId(NAME_ID_FORMAT.persistent, { spEntityId: 'reports' }),
  ].map(({ value }) => value)
  expect(new Set(values).size).toBe(3)
})

test('an e-mail address and a plain name are given as they are', () => {
  const { emailAddress, unspecified } = NAME_ID_FORMAT
  expect(nameId(emailAddress)).toEqual({ value: 'alice@example.test', format: emailAddress })
  expect(nameId(unspecified)).toEqual({ value: 'alice', format: unspecified })
})
