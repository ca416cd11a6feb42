import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SamlError } from '#saml/errors'
import { logoutQuery, testRealm } from './test-realm.test-support.ts'

const query = logoutQuery()
const { realm } = testRealm()
const good = realm.acceptLogoutRequest(query)

/** One character of a signed query, replaced by any other that a URL can carry. */
const mutation = fc.record({
  index: fc.nat({ max: query.length - 1 }),
  character: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
})

function judge(mutated: string): unknown {
  try {
    return realm.acceptLogoutRequest(mutated)
  } catch (error) {
    return error
  }
}

test('a signed query with one other character is refused, or says the same', () => {
  fc.assert(
    fc.property(mutation, ({ index, character }) => {
      const outcome = judge(query.slice(0, index) + character + query.slice(index + 1))
      if (!(outcome instanceof SamlError)) expect(outcome).toEqual(good)
    }),
    { numRuns: 500 },
  )
})
