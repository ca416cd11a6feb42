import { expect, test } from 'vitest'
import { BINDING } from '#saml/names'
import { controlledIdp } from './control.test-support.ts'

const orders = {
  entityId: 'urn:orders',
  keyDescriptors: [],
  singleLogoutServices: [{ binding: BINDING.redirect, location: 'http://orders.test/slo' }],
  nameIdFormats: [],
  assertionConsumerServices: [{ binding: BINDING.post, location: 'http://orders.test/acs', index: 0, isDefault: true }],
  authnRequestsSigned: false,
  wantAssertionsSigned: false,
}
const mint = async (json: object) => {
  const { call } = await controlledIdp({ serviceProviders: [{ metadata: orders }] })
  return call('/_sloop/idp/messages', { method: 'POST', json: { kind: 'LogoutRequest', to: 'urn:orders', ...json } })
}

test('a minted LogoutRequest is 201 with the address that takes it to the service provider', async () => {
  const { status, body } = await mint({ nameId: { value: 'alice' } })
  expect([status, body.kind, body.binding]).toEqual([201, 'LogoutRequest', 'redirect'])
  expect(body.url).toBe(`http://orders.test/slo?${body.queryString}`)
  expect(body.document).toContain('>alice</')
})

test.each<[string, object, number, object]>([
  [
    'an unknown service provider',
    { to: 'urn:order' },
    404,
    { type: 'noSuchServiceProvider', path: 'to', expected: 'urn:orders' },
  ],
  ['an unknown session', { session: 'nobody' }, 404, { type: 'noSuchSession', path: 'session' }],
  [
    'a binding that it does not offer',
    { nameId: { value: 'a' }, binding: 'soap' },
    400,
    { type: 'noEndpoint', path: 'binding' },
  ],
  ['nobody', {}, 400, { type: 'invalid' }],
  ['an unknown key', { nameID: { value: 'a' } }, 400, { type: 'invalid', path: 'nameID', expected: 'nameId' }],
])('%s is refused with where and what', async (_case, json, expected, error) => {
  const { status, body } = await mint(json)
  expect(status).toBe(expected)
  expect(body.error).toMatchObject(error)
})
