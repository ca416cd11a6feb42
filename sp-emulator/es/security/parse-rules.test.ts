import { expect, test } from 'vitest'
import { parseRules } from './parse-rules.ts'
import { ruleJson } from './rules.ts'

test('a rule is shown as it was sent, a single value without its list', () => {
  const except = { any: [{ field: { groups: ['a', 'b'] } }] }
  const rules = { all: [{ field: { 'realm.name': ['saml1'] } }, { except }] }
  expect(ruleJson(parseRules(rules))).toEqual({ all: [{ field: { 'realm.name': 'saml1' } }, { except }] })
})

test.each([
  [[], 'expected [rules] to be an object but found [START_ARRAY] instead'],
  ['x', 'expected [rules] to be an object but found [VALUE_STRING] instead'],
  [{}, 'object [rules] does not contain any fields'],
  [{ any: [], all: [] }, 'object [rules] contains multiple fields'],
  [{ some: [] }, 'field [some] is not recognised in object [rules]'],
  [{ any: {} }, 'field [any] requires an array'],
  [{ all: [1] }, 'expected [all] to be an object but found [VALUE_NUMBER] instead'],
  [{ except: {} }, 'field [except] is not allowed within [rules]'],
  [{ any: [{ except: {} }] }, 'field [except] is not allowed within [any]'],
  [{ all: [{ except: 1 }] }, 'expected an object but found [VALUE_NUMBER] instead'],
  [{ all: [{ except: {} }] }, 'object [except] does not contain any fields'],
  [{ field: null }, 'expected an object but found [VALUE_NULL] instead'],
  [{ field: {} }, 'object [field] does not contain any fields'],
  [{ field: { a: 1, b: 2 } }, 'object [field] contains multiple fields'],
  [{ field: { a: {} } }, 'expected a field value but found [START_OBJECT] instead'],
  [{ field: { a: [[]] } }, 'expected a field value but found [START_ARRAY] instead'],
  [{ field: { a: [] } }, 'field [field] requires at least one value'],
])('rules that are none are refused: %j', (rules, what) => {
  const message = `failed to parse rules expression. ${what}`
  expect(() => parseRules(rules)).toThrow(expect.objectContaining({ status: 400, type: 'parse_exception', message }))
})
