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
    body: { error: { type: 'noSuchParty', message: 'no IdP runs in this process', actual: 'idp' } },
  })
})
