import { expect, test } from 'vitest'
import { controlledIdp } from './control.test-support.ts'

test('an unknown operation is told with the nearest one', async () => {
  const { call } = await controlledIdp()
  expect(await call('/_sloop/idp/sesions')).toEqual({
    status: 404,
    body: {
      error: {
        type: 'noSuchOperation',
        message: 'there is no operation at /_sloop/idp/sesions, did you mean /_sloop/idp/sessions?',
        expected: '/_sloop/idp/sessions',
        actual: '/_sloop/idp/sesions',
      },
    },
  })
})

test('another method is refused with those that there are', async () => {
  const { request } = await controlledIdp()
  const answer = await request('/_sloop/idp/sessions', { method: 'OPTIONS' })
  expect(answer.status).toBe(405)
  expect(answer.headers.get('allow')).toContain('GET')
  expect((await answer.json()).error).toMatchObject({
    type: 'methodNotAllowed',
    message: '/_sloop/idp/sessions does not answer to OPTIONS',
    actual: 'OPTIONS',
  })
})

test('an unknown parameter is refused', async () => {
  const { call } = await controlledIdp()
  const { status, body } = await call('/_sloop/idp/sessions?user=alice')
  expect([status, body.error.type, body.error.path]).toEqual([400, 'invalid', 'user'])
})

test('everything else goes to the role', async () => {
  const { request } = await controlledIdp()
  expect((await request('/metadata')).headers.get('content-type')).toBe('application/samlmetadata+xml')
})

test('who asks for a party that does not run here is told so', async () => {
  const { call, parties } = await controlledIdp()
  delete parties.idp
  expect(await call('/_sloop/idp/sessions')).toEqual({
    status: 404,
    body: {
      error: { type: 'noSuchParty', message: 'there is no party [idp], there are none', expected: [], actual: 'idp' },
    },
  })
})

const metadata = `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="urn:by-metadata">
  <SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
    <AssertionConsumerService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="http://sp.test/acs" index="0"/>
  </SPSSODescriptor>
</EntityDescriptor>`

test.each(['application/samlmetadata+xml', 'application/xml', 'application/xml; charset=utf-8'])(
  'a service provider is added by its metadata, and replaced by the same again: %s',
  async (type) => {
    const { call } = await controlledIdp()
    const add = () =>
      call('/_sloop/idp/service-providers', { method: 'POST', body: metadata, headers: { 'content-type': type } })
    const body = { entityId: 'urn:by-metadata', name: 'sp.test', acs: ['http://sp.test/acs'], singleLogout: [] }
    expect(await add()).toEqual({ status: 201, body })
    expect(await add()).toEqual({ status: 200, body })
    expect((await call('/_sloop/idp/service-providers/urn%3Aby-metadata', { method: 'DELETE' })).status).toBe(204)
  },
)

test('an AuthnRequest that would be refused is 409 with the code of the rule', async () => {
  const { call } = await controlledIdp()
  const json = { user: 'alice', authnRequest: 'SAMLRequest=' }
  expect(await call('/_sloop/idp/sessions', { method: 'POST', json })).toMatchObject({
    status: 409,
    body: {
      error: {
        type: 'refused',
        code: 'SAML_DEFLATE',
        message: expect.stringContaining('the message is not raw DEFLATE'),
      },
    },
  })
})
