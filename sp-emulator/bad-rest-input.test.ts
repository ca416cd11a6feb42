import { expect, test } from 'vitest'
import { aftermathOf, envelope, noEffect } from './bad-input.test-support.ts'
import { basic } from './es/test-node.test-support.ts'
import type { RealNode } from './real-node.test-support.ts'
import { acsUrl, logoutQuery } from './realm/test-realm.test-support.ts'

/** A good LogoutRequest in a bad call. */

const query = logoutQuery()
const invalidate = (body: unknown, headers?: Record<string, string>) => (node: RealNode) =>
  node.call('POST /_security/saml/invalidate', body, headers)
const good = { query_string: query, realm: 'saml1' }
const noRealm = (realm: string, acs: string) =>
  `Cannot find any matching realm for [SamlInvalidateSessionRequest{realmName=${realm}, assertionConsumerServiceURL=${acs}, url-query=${query.length} chars}]`

test.each([
  ['an unknown realm', { ...good, realm: 'other' }, noRealm("'other'", "'null'")],
  ['a realm in another case', { ...good, realm: 'SAML1' }, noRealm("'SAML1'", "'null'")],
  ['an unknown acs', { query_string: query, acs: `${acsUrl}/` }, noRealm("'null'", `'${acsUrl}/'`)],
  ['a realm and the acs of another', { ...good, acs: 'https://x.test/' }, noRealm("'saml1'", "'https://x.test/'")],
])('a logout is refused and ends nothing: %s', async (_case, body, reason) => {
  const { answer, effects, logged } = await aftermathOf(invalidate(body))
  expect(answer.json).toEqual(envelope(500, 'security_exception', reason))
  expect(effects).toEqual(noEffect)
  expect(logged).toEqual([{ code: 'SAML_REALM', level: 'warn' }])
})

const missing = 'Validation Failed: 1: query_string is missing;'

test.each([
  ['no query_string', { realm: 'saml1' }, 'action_request_validation_exception', missing],
  ['an empty query_string', { ...good, query_string: '' }, 'action_request_validation_exception', missing],
  [
    'case 126: the field of the documented guide',
    { query, realm: 'saml1' },
    'x_content_parse_exception',
    '[1:2] [saml_invalidate_session] unknown field [query]',
  ],
  [
    'a realm that is null',
    { query_string: 'x', realm: null },
    'x_content_parse_exception',
    "[1:29] [saml_invalidate_session] realm doesn't support values of type: VALUE_NULL",
  ],
  [
    'a query_string that is a number',
    { query_string: 7 },
    'x_content_parse_exception',
    "[1:17] [saml_invalidate_session] query_string doesn't support values of type: VALUE_NUMBER",
  ],
])('a logout with a wrong body is refused and ends nothing: %s', async (_case, body, type, reason) => {
  const { answer, effects, logged } = await aftermathOf(invalidate(body))
  expect(answer.json).toEqual(envelope(400, type, reason))
  expect(effects).toEqual(noEffect)
  expect(logged).toEqual([])
})

test('a logout under both names of its field is refused and ends nothing', async () => {
  const { answer, effects } = await aftermathOf(invalidate({ query_string: query, queryString: query }))
  expect(answer.status).toBe(400)
  expect(answer.json).toMatchObject({
    error: {
      type: 'x_content_parse_exception',
      reason: expect.stringMatching(/^\[1:\d+\] \[saml_invalidate_session\] failed to parse field \[queryString\]$/),
      caused_by: {
        type: 'illegal_argument_exception',
        reason: 'Must use either [query_string] or [queryString], not both at the same time',
      },
    },
  })
  expect(effects).toEqual(noEffect)
})

test('bad JSON is refused and ends nothing', async () => {
  const { answer, effects } = await aftermathOf(invalidate(JSON.stringify(good).slice(0, -1)))
  expect(answer.json).toMatchObject({ error: { type: 'x_content_parse_exception' }, status: 400 })
  expect(effects).toEqual(noEffect)
})

test.each([
  ['text/plain', 'Content-Type header [text/plain] is not supported'],
  ['application/x-www-form-urlencoded', 'Content-Type header [application/x-www-form-urlencoded] is not supported'],
  ['multipart/form-data', 'Content-Type header [multipart/form-data] is not supported'],
  ['none', 'Content-Type header is missing'],
])('a body of the content type %s is refused and ends nothing', async (contentType, error) => {
  const { answer, effects } = await aftermathOf(invalidate(good, { 'content-type': contentType }))
  expect(answer.json).toEqual({ error, status: 406 })
  expect(effects).toEqual(noEffect)
})

test.each([
  ['none', 'missing authentication credentials for REST request [/_security/saml/invalidate]'],
  [
    basic('elastic', 'wrong').authorization,
    'unable to authenticate user [elastic] for REST request [/_security/saml/invalidate]',
  ],
])('a caller who says %j is nobody and ends nothing', async (authorization, reason) => {
  const { answer, effects } = await aftermathOf(invalidate(good, { authorization }))
  const challenges = ['Basic realm="security" charset="UTF-8"', 'Bearer realm="security"', 'ApiKey']
  const error = { type: 'security_exception', reason, header: { 'WWW-Authenticate': challenges } }
  expect(answer.json).toEqual({ error: { root_cause: [error], ...error }, status: 401 })
  expect(effects).toEqual(noEffect)
})

test('a caller without the privilege ends nothing', async () => {
  const { answer, effects } = await aftermathOf(invalidate(good, basic('watcher')))
  expect(answer.status).toBe(403)
  expect(JSON.stringify(answer.json)).toContain(
    'action [cluster:admin/xpack/security/saml/invalidate] is unauthorized for user [watcher] with effective roles [monitoring_user]',
  )
  expect(effects).toEqual(noEffect)
})

test('case 125: a wrong body is noticed before a missing privilege', async () => {
  const { answer } = await aftermathOf(invalidate({ realm: 'saml1' }, basic('watcher')))
  expect(answer.json).toEqual(envelope(400, 'action_request_validation_exception', missing))
})
