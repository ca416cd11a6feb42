import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SamlError } from '#saml/errors'
import { loginXml, signedLogin, signLogin } from '../test-logins.test-support.ts'
import { logoutQuery, testRealm } from '../test-realm.test-support.ts'

/** Property: whoever changes an octet on the way is refused, or has changed nothing that matters. */

const { realm } = testRealm()

/** One octet replaced by any other, left out or put in. */
const changeOf = (length: number) =>
  fc.record({
    at: fc.nat({ max: length - 1 }),
    octet: fc.oneof(fc.nat({ max: 255 }), fc.constantFrom(...Buffer.from('&=%;#+<>"\' \n_A'))),
    how: fc.constantFrom('replace', 'remove', 'insert'),
  })

function apply(octets: Buffer, { at, octet, how }: { at: number; octet: number; how: string }): Buffer {
  const rest = octets.subarray(how === 'insert' ? at : at + 1)
  return Buffer.concat([octets.subarray(0, at), Buffer.from(how === 'remove' ? [] : [octet]), rest])
}

/** What a realm says; a refusal that is no SamlError would be a fault of ours, and fails the test. */
async function judge(accept: () => unknown): Promise<unknown> {
  try {
    return await accept()
  } catch (error) {
    if (error instanceof SamlError) return 'refused'
    throw error
  }
}

const query = Buffer.from(logoutQuery())

test('a signed query with one octet changed is refused, or says the same', async () => {
  const good = realm.acceptLogoutRequest(query.toString())
  await fc.assert(
    fc.asyncProperty(changeOf(query.length), async (change) => {
      const outcome = await judge(() => realm.acceptLogoutRequest(apply(query, change).toString('latin1')))
      if (outcome !== 'refused') expect(outcome).toEqual(good)
    }),
    { numRuns: 2_000 },
  )
})

test.each([
  ['Response', await signLogin(loginXml(), { ids: ['_response1'] })],
  ['Assertion', await signedLogin()],
])('a Response whose %s is signed, with one octet changed, is refused or says the same', async (_signed, response) => {
  const good = await realm.authenticate(response, ['_login1'])
  await fc.assert(
    fc.asyncProperty(changeOf(response.length), async (change) => {
      const outcome = await judge(() => realm.authenticate(apply(response, change), ['_login1']))
      if (outcome !== 'refused') expect(outcome).toEqual(good)
    }),
    { numRuns: 1_500 },
  )
})
