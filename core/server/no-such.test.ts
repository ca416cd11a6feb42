import { expect, test } from 'vitest'
import { NoSuch } from './no-such.ts'

const realm = { what: 'realm', type: 'noSuchRealm' }

test('the name that was most likely meant is told', () => {
  const error = new NoSuch({ ...realm, named: 'saml2', known: ['orders', 'saml1'], path: 'realm' })
  expect(error).toMatchObject({
    message: 'there is no realm [saml2], did you mean saml1?',
    type: 'noSuchRealm',
    path: 'realm',
    expected: 'saml1',
    actual: 'saml2',
  })
})

test.each([
  [['orders', 'reports'], 'there is no realm [x], known are orders, reports'],
  [[], 'there is no realm [x], there are none'],
  [
    Array.from({ length: 10 }, (_, index) => `realm-${index}`),
    'there is no realm [x], known are realm-0, realm-1, realm-2, realm-3, realm-4, realm-5, realm-6, realm-7 and 2 others',
  ],
])('where none is near, some of those that there are are told', (known, message) => {
  expect(new NoSuch({ ...realm, named: 'x', known }).message).toBe(message)
})

test('a name of any length is told by its beginning, and stands whole beside the sentence', () => {
  const named = 'x'.repeat(1_000)
  const { message, actual } = new NoSuch({ ...realm, named, known: [] })
  expect([message, actual]).toEqual([`there is no realm [${'x'.repeat(80)}], there are none`, named])
})
