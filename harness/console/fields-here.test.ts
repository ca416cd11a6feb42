import { expect, test } from 'vitest'
import { describeOperations } from '../control/describe-operations.ts'
import { exampleHere, fieldsHere } from './fields-here.ts'
import { formFields } from './form-fields.ts'
import type { KnownHere } from './known-here.ts'

const operations = new Map((await describeOperations()).map((operation) => [operation.name, operation]))

const known: KnownHere = {
  parties: [{ value: 'idp' }, { value: 'es' }, { value: 'app' }],
  writers: [{ value: 'idp' }],
  partners: [],
  users: [{ value: 'dora' }],
  serviceProviders: [{ value: 'urn:one', label: 'app' }, { value: 'urn:two' }],
  sessions: [],
  realms: [],
  tokens: [],
  faults: [{ value: 'f1' }],
  labs: [],
}

function fieldsOf(name: string, here = known) {
  const operation = operations.get(name)
  if (operation === undefined) throw new TypeError(name)
  const fields = fieldsHere(formFields(exampleHere(operation, here)), operation, here)
  return new Map(fields.map((field) => [field.name, field]))
}

test('an example names who is here', () => {
  const fields = fieldsOf('signIn')
  expect([fields.get('user')?.value, fields.get('to')?.value]).toEqual(['dora', 'urn:one'])
  expect(fields.get('session')?.value).toBe('')
  expect(fields.get('to')?.known).toEqual(known.serviceProviders)
})

test('only who writes SAML is offered where a fault is armed', () => {
  expect(fieldsOf('armFault').get('party')?.known).toEqual(known.writers)
  expect(fieldsOf('setClock').get('path.party')).toMatchObject({ value: 'idp', known: known.parties })
})

test('what would be ended is offered and not chosen beforehand', () => {
  expect(fieldsOf('disarmFault').get('path.id')).toMatchObject({ value: '', known: known.faults })
})

test('a list of names is no name', () => {
  expect(fieldsOf('startLogout').get('to')).toMatchObject({ value: '', known: [] })
})

test('what is minted speaks of the newest session, where there is one', () => {
  const sessions = ['s1', 's2'].map((value) => ({ value, label: 'dora', serviceProviders: ['urn:one', 'urn:two'] }))
  const said = (here: KnownHere) =>
    ['to', 'session', 'nameId.value'].map((name) => fieldsOf('mint', here).get(name)?.value)
  expect(said({ ...known, sessions })).toEqual(['urn:two', 's2', ''])
  expect(said(known)).toEqual(['urn:one', '', 'alice'])
})

test('of many the newest fifty are offered', () => {
  const users = Array.from({ length: 60 }, (_, index) => ({ value: `u${index}` }))
  const offered = fieldsOf('signIn', { ...known, users }).get('user')?.known ?? []
  expect([offered.length, offered.at(-1)?.value]).toEqual([50, 'u59'])
})
