import { expect, test } from 'vitest'
import { objectParser } from './object-parser.ts'

const parse = objectParser({
  name: 'saml_test',
  fields: { query_string: 'text', realm: 'text-or-null', ids: 'texts', tags: 'texts-or-null' },
  deprecated: { queryString: { use: 'query_string', exclusive: true }, realmName: { use: 'realm', exclusive: false } },
})

const read = (text: string, warnings: string[] = []) => parse(Buffer.from(text), (warning) => warnings.push(warning))

const refusal = (message: string, causedBy?: { type: string; reason: string }) =>
  expect.objectContaining({ status: 400, type: 'x_content_parse_exception', message, causedBy })

test('reads what it knows and leaves out what is absent', () => {
  expect(read('{"query_string":"a=b","ids":["1","2"]}')).toEqual({ query_string: 'a=b', ids: ['1', '2'] })
})

test('a single text serves as a list of one', () => {
  expect(read('{"ids":"_1"}')).toEqual({ ids: ['_1'] })
})

test('scalars in a list are taken by their text', () => {
  expect(read('{"ids":["a",1,true]}')).toEqual({ ids: ['a', '1', 'true'] })
})

test('null means absent where it is allowed', () => {
  expect(read('{"realm":null,"tags":null}')).toEqual({})
})

test.each([
  ['null', '{"query_string":null}', '[1:17] [saml_test] query_string', 'VALUE_NULL'],
  ['a number', '{"query_string":1}', '[1:17] [saml_test] query_string', 'VALUE_NUMBER'],
  ['a boolean', '{"query_string":true}', '[1:17] [saml_test] query_string', 'VALUE_BOOLEAN'],
  ['a list', '{"query_string":["x"]}', '[1:17] [saml_test] query_string', 'START_ARRAY'],
  ['an object', '{\n  "ids": {}\n}', '[2:10] [saml_test] ids', 'START_OBJECT'],
  ['null for a list', '{"ids":null}', '[1:8] [saml_test] ids', 'VALUE_NULL'],
])('a value of the wrong type is refused where it stands: %s', (_case, text, where, token) => {
  expect(() => read(text)).toThrow(refusal(`${where} doesn't support values of type: ${token}`))
})

test('a list holds no null', () => {
  const causedBy = { type: 'illegal_argument_exception', reason: 'Expected text at 1:13 but found VALUE_NULL' }
  expect(() => read('{"ids":["a",null]}')).toThrow(refusal('[1:13] [saml_test] failed to parse field [ids]', causedBy))
})

test.each([
  ['{"query":"x"}', '[1:2] [saml_test] unknown field [query]'],
  ['{"realm":"a",\n"__proto__":"x"}', '[2:1] [saml_test] unknown field [__proto__]'],
  ['{"realms":"x"}', '[1:2] [saml_test] unknown field [realms] did you mean any of [realm, realmName]?'],
  ['{"query_str":"x"}', '[1:2] [saml_test] unknown field [query_str] did you mean any of [query_string, queryString]?'],
])('an unknown field is refused with what comes close: %s', (text, message) => {
  expect(() => read(text)).toThrow(refusal(message))
})

test('one close field is suggested alone', () => {
  expect(() => read('{"idss":"x"}')).toThrow(refusal('[1:2] [saml_test] unknown field [idss] did you mean [ids]?'))
})

test('an old name works and is announced with its place', () => {
  const warnings: string[] = []
  expect(read('{\n "queryString":"x"}', warnings)).toEqual({ query_string: 'x' })
  expect(warnings).toEqual(['[saml_test][2:2] Deprecated field [queryString] used, expected [query_string] instead'])
})

test.each([
  ['{"query_string":"a","queryString":"b"}', '[1:35] [saml_test] failed to parse field [queryString]'],
  ['{"queryString":"b","query_string":"a"}', '[1:35] [saml_test] failed to parse field [query_string]'],
])('the old name and the new one exclude each other: %s', (text, message) => {
  const reason = 'Must use either [query_string] or [queryString], not both at the same time'
  expect(() => read(text)).toThrow(refusal(message, { type: 'illegal_argument_exception', reason }))
})

test('where they do not exclude each other the last one counts', () => {
  expect(read('{"realm":"a","realmName":"b"}')).toEqual({ realm: 'b' })
})

test.each([
  ['a field twice', '{"realm":"a","realm":"b"}', "[1:14] Duplicate field 'realm'"],
  ['a comment', '{/* */"realm":"a"}', '[1:2] Unexpected content: InvalidCommentToken'],
  ['a trailing comma', '{"realm":"a",}', '[1:14] Unexpected content: PropertyNameExpected'],
  ['single quotes', "{'realm':'a'}", '[1:2] Unexpected content: InvalidSymbol'],
  ['an end too early', '{"realm":"a"', '[1:13] Unexpected content: CloseBraceExpected'],
  ['something after it', '{"realm":"a"}\n{}', '[2:1] Unexpected content: EndOfFileExpected'],
  ['a control character in a text', '{"realm":"\u0001"}', '[1:10] Unexpected content: InvalidCharacter'],
])('what is not JSON is refused where it goes wrong: %s', (_case, text, message) => {
  const reason = message.replace(/^\[\d+:\d+\] /, '')
  expect(() => read(text)).toThrow(refusal(message, { type: 'json_parse_exception', reason }))
})

test.each([
  ['[]', 'START_ARRAY'],
  ['"x"', 'VALUE_STRING'],
  ['null', 'VALUE_NULL'],
  ['1', 'VALUE_NUMBER'],
])('a body is an object, not %s', (text, token) => {
  expect(() => read(text)).toThrow(refusal(`[1:1] [saml_test] Expected START_OBJECT but was: ${token}`))
})

test('what is not UTF-8 is refused', () => {
  expect(() => parse(Buffer.from([0x7b, 0xff, 0x7d]), () => undefined)).toThrow(
    refusal('[1:1] Invalid UTF-8', { type: 'json_parse_exception', reason: 'Invalid UTF-8' }),
  )
})

test('a document deeper than the stack is refused like any other', () => {
  const reason = 'Document nesting depth exceeds the maximum allowed'
  expect(() => read(`{"ids":${'['.repeat(200_000)}`)).toThrow(
    refusal(`[1:1] ${reason}`, { type: 'json_parse_exception', reason }),
  )
})

test('no body is refused', () => {
  expect(() => parse(undefined, () => undefined)).toThrow(
    expect.objectContaining({ status: 400, type: 'parse_exception', message: 'request body is required' }),
  )
})

const parseKinds = objectParser({ name: 'kinds', fields: { flag: 'flag', object: 'object', any: 'any' } })
const readKinds = (text: string) => parseKinds(Buffer.from(text), () => undefined)

test('flags, objects and values of any kind are read as what they stand for', () => {
  expect(readKinds('{"flag":true,"object":{"a":[null,{"b":1}]},"any":["x"]}')).toEqual({
    flag: true,
    object: { a: [null, { b: 1 }] },
    any: ['x'],
  })
  expect(readKinds('{"flag":"false"}')).toEqual({ flag: false })
})

test.each([
  ['{"flag":1}', "[1:9] [kinds] flag doesn't support values of type: VALUE_NUMBER"],
  ['{"object":[]}', "[1:11] [kinds] object doesn't support values of type: START_ARRAY"],
  ['{"object":null}', "[1:11] [kinds] object doesn't support values of type: VALUE_NULL"],
])('what is neither a flag nor an object is refused: %s', (text, message) => {
  expect(() => readKinds(text)).toThrow(refusal(message))
})

test('a name in an object keeps its value, whatever it is called', () => {
  const { object = {} } = readKinds('{"object":{"__proto__":{"a":1}}}')
  expect(Object.entries(object)).toEqual([['__proto__', { a: 1 }]])
})

test('no object in a body has a name twice', () => {
  const message = "Duplicate field 'a'"
  expect(() => readKinds('{"object":{"b":[{"a":1,"a":2}]}}')).toThrow(
    expect.objectContaining({ message: `[1:24] ${message}` }),
  )
})
