import { expect, test } from 'vitest'
import { aftermathOf, envelope, noEffect, noEffectNorLine } from './bad-input.test-support.ts'
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
])('T83: a logout is refused and ends nothing: %s', async (_case, body, reason) => {
  const { answer, effects, logged } = await aftermathOf(invalidate(body))
  expect(answer.json).toEqual(envelope(500, 'security_exception', reason))
  expect(effects).toEqual(noEffect)
  expect(logged).toEqual([{ code: 'SAML_REALM', level: 'warn' }])
})

test('T83: a question mark in front of a query is part of its first name', async () => {
  const { answer, effects } = await aftermathOf(invalidate({ ...good, query_string: `?${query}` }))
  const reason = `Could not parse SAMLRequest from query string: [?${query}]`
  expect(answer.json).toEqual(envelope(500, 'security_exception', reason))
  expect(effects).toEqual(noEffect)
})

test('T83: a name that the REST layer reserves, in the query of a good request, is refused and ends nothing', async () => {
  const { answer, effects } = await aftermathOf(invalidate({ ...good, query_string: `${query}&PathRestricted=1` }))
  const reason = 'parameter [pathRestricted] is reserved and may not set'
  expect(answer.json).toEqual(envelope(400, 'illegal_argument_exception', reason))
  expect(effects).toEqual(noEffect)
})

const missing = 'Validation Failed: 1: query_string is missing;'
const unreadable = 'x_content_parse_exception'
const wrongType = (at: string, field: string, token: string) =>
  `[1:${at}] [saml_invalidate_session] ${field} doesn't support values of type: ${token}`

test.each([
  ['no query_string', { realm: 'saml1' }, 'action_request_validation_exception', missing],
  ['an empty query_string', { ...good, query_string: '' }, 'action_request_validation_exception', missing],
  [
    'the field of the documented guide, case 126',
    { query, realm: 'saml1' },
    unreadable,
    '[1:2] [saml_invalidate_session] unknown field [query]',
  ],
  [
    'the prototype of every object',
    `{"__proto__":{"realm":"saml1"},"query_string":"${query}"}`,
    unreadable,
    '[1:2] [saml_invalidate_session] unknown field [__proto__]',
  ],
  ['a realm that is null', { query_string: 'x', realm: null }, unreadable, wrongType('29', 'realm', 'VALUE_NULL')],
  ['a query_string that is a number', { query_string: 7 }, unreadable, wrongType('17', 'query_string', 'VALUE_NUMBER')],
  ['a query_string that is null', { query_string: null }, unreadable, wrongType('17', 'query_string', 'VALUE_NULL')],
  ['a list of query_strings', { query_string: [query] }, unreadable, wrongType('17', 'query_string', 'START_ARRAY')],
  ['a list of calls', [good], unreadable, '[1:1] [saml_invalidate_session] Expected START_OBJECT but was: START_ARRAY'],
])('T83: a logout with a wrong body is refused and ends nothing: %s', async (_case, body, type, reason) => {
  const { answer, effects, logged } = await aftermathOf(invalidate(body))
  expect(answer.json).toEqual(envelope(400, type, reason))
  expect(effects).toEqual(noEffect)
  expect(logged).toEqual([{ code: 'CALL_UNREADABLE', level: 'warn' }])
})

test('T83: a logout under both names of its field is refused and ends nothing', async () => {
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

test('T83: a field that comes twice is refused and ends nothing', async () => {
  const twice = `{"query_string":"x","query_string":"${query}"}`
  const { answer, effects } = await aftermathOf(invalidate(twice))
  const reason = "Duplicate field 'query_string'"
  expect(answer.status).toBe(400)
  expect(answer.json['error']).toMatchObject({
    type: 'x_content_parse_exception',
    reason: `[1:21] ${reason}`,
    caused_by: { type: 'json_parse_exception', reason },
  })
  expect(effects).toEqual(noEffect)
})

test('T83: bad JSON is refused and ends nothing', async () => {
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
  expect(effects).toEqual(noEffectNorLine)
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
  expect(effects).toEqual(noEffectNorLine)
})

test('a caller without the privilege ends nothing', async () => {
  const { answer, effects } = await aftermathOf(invalidate(good, basic('watcher')))
  expect(answer.status).toBe(403)
  expect(JSON.stringify(answer.json)).toContain(
    'action [cluster:admin/xpack/security/saml/invalidate] is unauthorized for user [watcher] with effective roles [monitoring_user]',
  )
  expect(effects).toEqual(noEffectNorLine)
})

test('case 125: a wrong body is noticed before a missing privilege', async () => {
  const { answer } = await aftermathOf(invalidate({ realm: 'saml1' }, basic('watcher')))
  expect(answer.json).toEqual(envelope(400, 'action_request_validation_exception', missing))
})
