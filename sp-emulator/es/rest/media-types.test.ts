import { expect, test } from 'vitest'
import { dialectOf } from '../dialect.ts'
import { readMediaTypes } from './media-types.ts'

const node9 = dialectOf('9.2.1')
const versioned = (version: number) => `application/vnd.elasticsearch+json; compatible-with=${version}`
const read = (headers: Record<string, string>, hasBody = false) => readMediaTypes(new Headers(headers), hasBody, node9)

test.each([
  ['nothing', {}],
  ['JSON', { accept: 'application/json' }],
  ['anything', { accept: '*/*' }],
  ['what a browser sends', { accept: 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.8' }],
  ['the vendor type without a version', { accept: 'application/vnd.elasticsearch+json' }],
])('plain JSON answers who asks for %s', (_case, headers) => {
  expect(read(headers).answersWith).toBe('application/json')
})

test.each([8, 9])('a client of version %i gets its type echoed', (version) => {
  const headers = { accept: versioned(version), 'content-type': versioned(version) }
  expect(read(headers, true)).toEqual({
    version,
    answersWith: `application/vnd.elasticsearch+json;compatible-with=${version}`,
    bodyIsJson: true,
  })
})

test.each([
  ['Accept', 7],
  ['Accept', 10],
  ['Content-Type', 7],
])('%s may name this major or the one before it, not %i', (name, version) => {
  expect(() => read({ [name]: versioned(version) })).toThrow(
    expect.objectContaining({
      status: 400,
      type: 'media_type_header_exception',
      message: `Invalid media-type value on headers [${name}]`,
      causedBy: {
        type: 'status_exception',
        reason: `${name} version must be either version 9 or 8, but found ${version}. ${name}=${versioned(version)}`,
      },
    }),
  )
})

test.each([
  ['no type at all', 'nonsense'],
  ['an unknown type', 'image/png'],
  ['too many slashes', 'application/json/x'],
  ['a parameter without a value', 'application/json; charset'],
  ['a version that is no number', 'application/vnd.elasticsearch+json; compatible-with=x'],
  ['nothing', ''],
])('a media type that is %s is refused', (_case, accept) => {
  expect(() => read({ accept })).toThrow(
    expect.objectContaining({
      type: 'media_type_header_exception',
      message: 'Invalid media-type value on headers [Accept]',
      causedBy: { type: 'illegal_argument_exception', reason: `invalid media-type [${accept}]` },
    }),
  )
})

test.each([
  ['only Accept', { accept: versioned(9), 'content-type': 'application/json' }],
  ['only Content-Type', { accept: 'application/json', 'content-type': versioned(9) }],
  ['different ones', { accept: versioned(8), 'content-type': versioned(9) }],
])('with a body both headers have the same version: %s', (_case, headers) => {
  expect(() => read(headers, true)).toThrow(
    expect.objectContaining({
      type: 'media_type_header_exception',
      message: 'Invalid media-type value on headers [Accept, Content-Type]',
      causedBy: {
        type: 'status_exception',
        reason: expect.stringContaining('A compatible version is required on both Content-Type and Accept headers'),
      },
    }),
  )
})

test('without a body a version on one header is enough', () => {
  expect(read({ accept: versioned(9) }).answersWith).toBe('application/vnd.elasticsearch+json;compatible-with=9')
})

test.each([
  ['application/json', true],
  ['application/json; charset=UTF-8', true],
  ['APPLICATION/JSON', true],
  ['application/yaml', false],
  ['text/plain', false],
])('a body of type %s is JSON: %s', (type, isJson) => {
  expect(read({ 'content-type': type }, true).bodyIsJson).toBe(isJson)
})
