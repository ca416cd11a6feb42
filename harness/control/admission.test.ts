import { expect, test } from 'vitest'
import { controlledIdp } from './control.test-support.ts'

const sessions = '/_sloop/idp/sessions'

test.each([
  'http://idp.localhost:7070',
  'http://localhost:9200',
  'http://anything.localhost',
  'http://127.0.0.1:7070',
  'http://127.9.8.7',
  'http://[::1]:7070',
  'http://sloop.test:1',
])('a Host of ours may use the control API: %s', async (origin) => {
  const { call } = await controlledIdp({ admission: { hostnames: new Set(['sloop.test']) } })
  expect(await call(`${origin}${sessions}`)).toEqual({ status: 200, body: { sessions: [] } })
})

test.each([
  'http://localhost.evil.test',
  'http://evil-localhost',
  'http://xlocalhost',
  'http://127.0.0.1.nip.io',
  'http://128.0.0.1',
  'http://[::2]',
  'http://evil.sloop.test',
  'http://sloop.test.evil.test',
])('a Host that is not ours may not, as after DNS rebinding: %s', async (origin) => {
  const { call } = await controlledIdp({ admission: { hostnames: new Set(['sloop.test']) } })
  expect(await call(`${origin}${sessions}`)).toEqual({
    status: 403,
    body: {
      error: {
        type: 'foreignHost',
        message: 'the Host of this request is no name of ours',
        actual: new URL(origin).hostname,
      },
    },
  })
})

test.each([
  ['Sec-Fetch-Site: cross-site', { 'sec-fetch-site': 'cross-site' }],
  ['Sec-Fetch-Site: same-site', { 'sec-fetch-site': 'same-site' }],
  ['another name', { origin: 'http://evil.test' }],
  ['another port', { origin: 'http://idp.localhost:7071' }],
  ['another scheme', { origin: 'https://idp.localhost:7070' }],
  ['an opaque origin', { origin: 'null' }],
  ['another name, said to be ours', { 'sec-fetch-site': 'same-origin', origin: 'http://app.localhost:7070' }],
])('a page of another site may not: %s', async (_case, headers) => {
  const { call } = await controlledIdp()
  const { status, body } = await call(sessions, { headers })
  expect([status, body.error.type]).toEqual([403, 'foreignSite'])
  expect(body.error.message).toBe('this was sent by a page of another site')
})

test('our own page may, and nothing allows any other origin', async () => {
  const { request } = await controlledIdp()
  const headers = { 'sec-fetch-site': 'same-origin', origin: 'http://idp.localhost:7070' }
  const answer = await request(sessions, { headers })
  expect(answer.status).toBe(200)
  expect(answer.headers.get('access-control-allow-origin')).toBeNull()
})

test.each([
  ['none', {}],
  ['another', { authorization: 'Bearer wrong' }],
  ['a part of it', { authorization: 'Bearer secre' }],
  ['more than it', { authorization: 'Bearer secret2' }],
  ['as Basic', { authorization: 'Basic secret' }],
  ['without a scheme', { authorization: 'secret' }],
])('where there is a token, who does not know it may not: %s', async (_case, headers) => {
  const { request } = await controlledIdp({ admission: { token: 'secret' } })
  const answer = await request(sessions, { headers })
  expect(answer.status).toBe(401)
  expect(answer.headers.get('www-authenticate')).toBe('Bearer')
  expect(await answer.json()).toEqual({
    error: { type: 'tokenNeeded', message: 'the control API asks for its token: Authorization: Bearer <token>' },
  })
})

test('who knows the token may, whatever the Host and wherever this listens', async () => {
  const { call } = await controlledIdp({ admission: { token: 'secret', host: '0.0.0.0' } })
  const headers = { authorization: 'Bearer secret' }
  expect((await call(`http://sloop.example${sessions}`, { headers })).status).toBe(200)
})

test('without a token nobody may where others than this machine can call', async () => {
  const { call } = await controlledIdp({ admission: { host: '0.0.0.0' } })
  expect(await call(sessions)).toEqual({
    status: 403,
    body: {
      error: {
        type: 'controlClosed',
        message: 'the control API is closed, since this listens on 0.0.0.0 and no --control-token says who may use it',
        expected: '--control-token',
      },
    },
  })
})
