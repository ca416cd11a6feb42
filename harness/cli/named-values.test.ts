import { expect, test } from 'vitest'
import { ConfigError } from '#server/config-error'
import { readNamedValues } from './named-values.ts'

test.each<[string, unknown]>([
  ['name=alice', { name: 'alice' }],
  ['times=2', { times: 2 }],
  ['times="2"', { times: '2' }],
  ['sessionIndex=null', { sessionIndex: null }],
  ['status=["Responder","PartialLogout"]', { status: ['Responder', 'PartialLogout'] }],
  ['change={"escapes":"lower"}', { change: { escapes: 'lower' } }],
  ['relayState=', { relayState: '' }],
  ['query=a=b&c', { query: 'a=b&c' }],
  ['text={"half', { text: '{"half' }],
  ['to=urn:a.b=c', { to: 'urn:a.b=c' }],
])('a value is JSON where it parses as JSON, else a text: %s', (word, said) => {
  expect(readNamedValues([word])).toEqual(said)
})

test('dots make objects, which grow word by word', () => {
  const words = [
    'nameId.value=alice',
    'nameId.format=urn:f',
    'change.escapes.signed=upper',
    'change.escapes.sent=lower',
  ]
  expect(readNamedValues(words, { kind: 'LogoutRequest' })).toEqual({
    kind: 'LogoutRequest',
    nameId: { value: 'alice', format: 'urn:f' },
    change: { escapes: { signed: 'upper', sent: 'lower' } },
  })
})

test('a dotted name adds to an object that was said as JSON', () => {
  expect(readNamedValues(['nameId={"value":"a"}', 'nameId.format=f'])).toEqual({ nameId: { value: 'a', format: 'f' } })
})

test.each(['alice', '=alice', '', 'nameId.=a', '.value=a', 'a..b=c'])(
  'a word that is no name=value is refused: [%s]',
  (word) => {
    expect(() => readNamedValues([word])).toThrow(
      new ConfigError(`[${word}]: expected name=value, such as nameId.value=alice`),
    )
  },
)

test.each([
  [['a=1', 'a=2'], 'a: it is said twice, found [1] before'],
  [['a=x', 'a.b=2'], 'a.b: it is said twice, found ["x"] before'],
  [['a=[1]', 'a.0=2'], 'a.0: it is said twice, found [[1]] before'],
  [['a=null', 'a=2'], 'a: it is said twice, found [null] before'],
  [['a.b=1', 'a=2'], 'a: it is said twice, found [{"b":1}] before'],
])('nothing is said twice: %j', (words, message) => {
  expect(() => readNamedValues(words)).toThrow(new ConfigError(message))
})

test('no name reaches a prototype', () => {
  const said = readNamedValues(['__proto__.polluted=1', 'constructor.prototype.polluted=1'])
  expect(Object.keys(said)).toEqual(['__proto__', 'constructor'])
  expect(JSON.stringify(said)).toBe('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}')
  expect(({} as { polluted?: number }).polluted).toBeUndefined()
})
