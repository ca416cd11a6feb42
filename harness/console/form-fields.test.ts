import { expect, test } from 'vitest'
import { describeOperations } from '../control/describe-operations.ts'
import { formFields, readForm } from './form-fields.ts'

const operations = new Map((await describeOperations()).map((operation) => [operation.name, operation]))

function operationNamed(name: string) {
  const operation = operations.get(name)
  if (operation === undefined) throw new TypeError(name)
  return operation
}

test('the fields of a form come from the schema of the operation, with its example', () => {
  const fields = formFields(operationNamed('armFault'))
  const [party, on] = fields
  expect(party).toMatchObject({ name: 'party', required: true, value: 'idp', means: expect.stringContaining('Who') })
  expect(on?.choices).toContain('LogoutRequest')
})

test('each key of a change is a field: one of its words, or what else it takes as JSON', () => {
  const fields = formFields(operationNamed('armFault'))
  const fieldNamed = (wanted: string) => fields.find(({ name }) => name === wanted)
  expect(fieldNamed('change')).toBeUndefined()
  expect(fieldNamed('change.key')).toMatchObject({ choices: ['current', 'previous', 'next', 'foreign', 'expired'] })
  expect(fieldNamed('change.delivery')).toMatchObject({
    choices: undefined,
    words: ['never', 'twice', 'status500', 'reset'],
    type: '{ delayMs }',
  })
  expect(fieldNamed('change.parameters')).toMatchObject({ choices: undefined, words: [] })
  expect(fieldNamed('change.signature')?.value).toBe('tampered')
})

test('what a mapping needs is needed only where the mapping is', () => {
  const needed = formFields(operationNamed('mint')).filter(({ required }) => required)
  expect(needed.map(({ name }) => name)).toEqual(['kind', 'to'])
})

test('what stands in a path is a field too', () => {
  expect(formFields(operationNamed('setClock')).map(({ name }) => name)).toEqual([
    'path.party',
    'shiftMs',
    'frozenAt',
    'advanceMs',
  ])
})

test('a form says dotted names as a mapping, texts as texts, and nothing of what is empty', () => {
  const form = new URLSearchParams({
    kind: 'LogoutRequest',
    to: '17',
    'nameId.value': 'alice',
    session: '',
    'change.id': 'digit',
    'change.key': '',
    'change.delivery': '{"delayMs":5}',
  })
  expect(readForm(form, operationNamed('mint'))).toEqual({
    key: '',
    given: {
      kind: 'LogoutRequest',
      to: '17',
      nameId: { value: 'alice' },
      change: { id: 'digit', delivery: { delayMs: 5 } },
    },
  })
  expect(readForm(new URLSearchParams({ 'path.party': 'idp', shiftMs: '5' }), operationNamed('setClock'))).toEqual({
    key: 'idp',
    given: { shiftMs: 5 },
  })
})
