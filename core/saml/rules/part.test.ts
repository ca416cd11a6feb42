import { expect, test } from 'vitest'
import { SamlError } from '../errors.ts'
import { Part } from './part.ts'
import { Unaskable } from './unaskable.ts'

const refused = () => {
  throw new SamlError('SAML_XML', 'no XML')
}

test('a part is made when it is first asked for, and once', () => {
  let made = 0
  const part = new Part('nothing there', () => ++made)
  expect(made).toBe(0)
  expect([part.get(), part.make(), part.get()]).toEqual([1, 1, 1])
})

test('what cannot be made is refused where it is made, and missing everywhere else', () => {
  const part = new Part('no document could be read', refused)
  expect(() => part.make()).toThrow(expect.objectContaining({ code: 'SAML_XML', message: 'no XML' }))
  expect(() => part.get()).toThrow(new Unaskable('no document could be read'))
})

test('what cannot be made is tried once, and refused with the same each time', () => {
  let tried = 0
  const part = new Part('nothing there', () => {
    tried += 1
    throw new SamlError('SAML_XML', `attempt ${tried}`)
  })
  for (const _ of [1, 2]) expect(() => part.make()).toThrow('attempt 1')
})

test('a part of what is missing is missing for the same reason', () => {
  const inner = new Part('no document could be read', refused)
  const outer = new Part('no root could be read', () => inner.get())
  expect(() => outer.get()).toThrow(new Unaskable('no document could be read'))
})

test('a mistake of ours is not taken for something missing', () => {
  const part = new Part('nothing there', () => {
    throw new TypeError('a mistake of ours')
  })
  expect(() => part.get()).toThrow(new TypeError('a mistake of ours'))
})

test('something else is had in the place of what cannot be made, and of nothing else', () => {
  const missing = new Part('no document could be read', refused)
  expect(missing.or(() => 'else')).toBe('else')
  expect(new Part('no root', () => missing.get()).or(() => 'else')).toBe('else')
  expect(new Part('nothing there', () => 'made').or(() => 'else')).toBe('made')
  const mistaken = new Part('nothing there', () => {
    throw new TypeError('a mistake of ours')
  })
  expect(() => mistaken.or(() => 'else')).toThrow(new TypeError('a mistake of ours'))
})

test('what was made of it so far is known without making it', () => {
  const part = new Part('nothing there', () => 'made')
  expect(part.soFar()).toBeUndefined()
  part.make()
  expect(part.soFar()).toBe('made')
  const missing = new Part('no document could be read', refused)
  missing.or(() => 'else')
  expect(missing.soFar()).toBeUndefined()
})
