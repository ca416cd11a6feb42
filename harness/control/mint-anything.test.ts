import fc from 'fast-check'
import { expect, test } from 'vitest'
import { generateCredential } from '#saml/credentials'
import { BINDING } from '#saml/names'
import { readMessage } from '#saml/schema/message'
import { createIdp, MintRefusal, type WantedMessage } from '../../idp/index.ts'
import { mintAnswer, mintRequest } from './mint-schema.ts'

const noon = Date.UTC(2031, 4, 4, 12)
const to = 'urn:my-app'
const location = 'http://localhost:3000/slo'
const credential = await generateCredential('idp', noon)

const metadata = {
  entityId: to,
  keyDescriptors: [],
  singleLogoutServices: [BINDING.redirect, BINDING.post, BINDING.soap].map((binding) => ({ binding, location })),
  nameIdFormats: [],
  assertionConsumerServices: [{ binding: BINDING.post, location: 'http://localhost:3000/acs', index: 0 }],
  authnRequestsSigned: false,
  wantAssertionsSigned: false,
}

const odd = fc.constantFrom(
  '',
  ' ',
  'a',
  '\u0000',
  '\uD800',
  '\r\n',
  '<&">',
  ']]>',
  '🦊',
  '__proto__',
  'Success',
  'urn:a',
)
const text = fc.oneof(odd, fc.string({ unit: 'grapheme', minLength: 1 }))
const said = <T>(value: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value })
const nullable = <T>(value: fc.Arbitrary<T>) => said(fc.option(value, { freq: 4 }))
const nameId = fc.record({ value: text, format: nullable(text), spNameQualifier: nullable(text) })

const anything = fc.record({
  kind: fc.constantFrom('LogoutRequest', 'LogoutResponse', 'Response'),
  to: fc.oneof({ weight: 9, arbitrary: fc.constant(to) }, { weight: 1, arbitrary: text }),
  session: said(text),
  nameId: fc.option(nameId, { nil: undefined, freq: 3 }),
  sessionIndex: nullable(fc.oneof(text, fc.array(text))),
  inResponseTo: nullable(text),
  status: said(fc.array(fc.constantFrom('Success', 'Responder', 'urn:a', 'x:', 'Sucess'), { minLength: 1 })),
  binding: said(fc.constantFrom('redirect', 'post', 'soap')),
  relayState: nullable(text),
  at: said(
    fc.constantFrom('2031-05-04T12:00:00Z', '0001-01-01T00:00:00Z', '9898-12-31T23:59:59.999Z', '9999-12-31T23:59:59Z'),
  ),
  change: said(fc.dictionary(text, text)),
})

test('whatever passes the schema is minted as a valid message, or refused with a reason and a path', async () => {
  const idp = createIdp({ baseUrl: 'http://idp.localhost:7070', credential, serviceProviders: [{ metadata }] })
  const seen = { minted: 0, refused: 0 }
  const property = fc.asyncProperty(anything, async (wanted) => {
    const { data } = mintRequest.safeParse(wanted)
    if (data === undefined) return
    const minted = await idp.mint(data satisfies WantedMessage).catch((error: unknown) => error)
    if (minted instanceof MintRefusal) {
      seen.refused += 1
      expect(minted.message).toContain(minted.path.split('[')[0])
      return
    }
    seen.minted += 1
    const { document } = mintAnswer.parse(minted)
    expect(readMessage(document).local).toBe(data.kind)
  })
  await fc.assert(property, { numRuns: 3_000 })
  expect(Math.min(seen.minted, seen.refused)).toBeGreaterThan(50)
})
