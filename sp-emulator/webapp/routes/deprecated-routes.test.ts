import { expect, test } from 'vitest'
import { baseUrl, cookieOf, startTestApp } from '../test-app.test-support.ts'

const body = () => new URLSearchParams({ SAMLResponse: 'PFJlc3BvbnNlLz4=' })

// cases/reports 05
test('the first name of the assertion consumer service is answered like the one of today, with a deprecation in the log', async () => {
  await using app = await startTestApp()
  const answer = await app.send(new Request(`${baseUrl}/api/security/v1/saml`, { method: 'POST', body: body() }))
  expect([answer.status, answer.headers.get('location')]).toEqual([302, '/'])
  expect((await app.visit('/internal/security/me', { cookie: cookieOf(answer) })).status).toBe(200)
  expect(app.logged[0]).toEqual({
    code: 'DEPRECATED_ROUTE',
    path: '/api/security/v1/saml',
    instead: '/api/security/saml/callback',
    message: 'the address /api/security/v1/saml is deprecated, use /api/security/saml/callback',
  })
})

// cases/reports 05
test('the first name of the logout is answered like the one of today, with a deprecation in the log', async () => {
  await using app = await startTestApp()
  const cookie = await app.signIn()
  const answer = await app.visit('/api/security/v1/logout', { cookie })
  expect([answer.status, answer.headers.get('location')]).toEqual([302, 'http://idp.test/slo?SAMLRequest=b%2B'])
  expect((await app.visit('/internal/security/me', { cookie })).status).toBe(401)
  expect(app.logged).toContainEqual(
    expect.objectContaining({ code: 'DEPRECATED_ROUTE', instead: '/api/security/logout' }),
  )
})

test('a refused login at the first name is the same page and the same line of the audit', async () => {
  await using app = await startTestApp()
  const answer = await app.send(new Request(`${baseUrl}/api/security/v1/saml`, { method: 'POST' }))
  expect(answer.status).toBe(400)
  expect(app.logged.at(-1)).toMatchObject({ event: 'user_login', outcome: 'failure', code: 'BAD_REQUEST' })
})

test('the routes of today leave no deprecation in the log', async () => {
  await using app = await startTestApp()
  await app.signIn()
  await app.visit('/api/security/logout')
  expect(app.logged.map(({ code }) => code)).not.toContain('DEPRECATED_ROUTE')
})
