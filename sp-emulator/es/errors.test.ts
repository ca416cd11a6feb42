import { expect, test } from 'vitest'
import { SamlError, type SamlErrorCode } from '#saml/errors'
import { dialectOf } from './dialect.ts'
import { ElasticsearchError, illegalArgument, securityError } from './elasticsearch-error.ts'
import { internalError, renderErrorEnvelope, toElasticsearchError } from './errors.ts'

const classic = dialectOf('9.2.1')
const render = (error: unknown, withTrace = false) =>
  renderErrorEnvelope(toElasticsearchError(error, classic) ?? internalError, { withTrace })

test('an envelope names the error twice, and its status', () => {
  expect(JSON.stringify(render(illegalArgument('no')))).toBe(
    '{"error":{"root_cause":[{"type":"illegal_argument_exception","reason":"no"}],"type":"illegal_argument_exception","reason":"no"},"status":400}',
  )
})

test('the order is type, reason, metadata, cause, header, trace; a root cause has no cause', () => {
  const error = new ElasticsearchError({
    status: 401,
    type: 'security_exception',
    reason: 'why',
    metadata: { extra: 'x' },
    headers: { H: ['a', 'b'] },
    causedBy: { type: 'cause', reason: 'because' },
  })
  const entry = '"type":"security_exception","reason":"why","extra":"x"'
  const after = '"header":{"H":["a","b"]},"stack_trace":"security_exception: why"'
  expect(JSON.stringify(render(error, true))).toBe(
    `{"error":{"root_cause":[{${entry},${after}}],${entry},"caused_by":{"type":"cause","reason":"because"},${after}},"status":401}`,
  )
})

test('an entry with one value is a string, with several a list, with none it is not shown', () => {
  const metadata = { none: [], one: ['a'], two: ['a', 'b'] }
  const error = new ElasticsearchError({ status: 500, type: 'exception', reason: 'r', metadata })
  expect(render(error)).toMatchObject({ error: { type: 'exception', reason: 'r', one: 'a', two: ['a', 'b'] } })
  expect(JSON.stringify(render(error))).not.toContain('none')
})

test.each<[SamlErrorCode, number, string]>([
  ['SAML_REALM', 500, 'security_exception'],
  ['SAML_QUERY_MALFORMED', 400, 'illegal_argument_exception'],
  ['SAML_QUERY_AMBIGUOUS', 400, 'illegal_argument_exception'],
  ['SAML_MESSAGE_MISSING', 500, 'security_exception'],
  ['SAML_BASE64', 400, 'security_exception'],
  ['SAML_DEFLATE', 500, 'security_exception'],
  ['SAML_ENCODING', 500, 'security_exception'],
  ['SAML_XML', 500, 'security_exception'],
  ['SAML_SCHEMA', 500, 'security_exception'],
  ['SAML_SIGNATURE', 500, 'security_exception'],
  ['SAML_ALGORITHM', 500, 'security_exception'],
  ['SAML_ROOT', 500, 'security_exception'],
  ['SAML_UNSIGNED', 500, 'security_exception'],
  ['SAML_ISSUER', 500, 'security_exception'],
  ['SAML_DESTINATION', 500, 'security_exception'],
  ['SAML_EXPIRED', 500, 'security_exception'],
  ['SAML_ENCRYPTED', 500, 'security_exception'],
  ['SAML_ENDPOINT_MISSING', 500, 'security_exception'],
  ['SAML_ENDPOINT_AMBIGUOUS', 500, 'exception'],
])('table 3.12: %s is %i %s, with the sentence of the realm', (code, status, type) => {
  expect(render(new SamlError(code, 'the reason'))).toEqual({
    error: { root_cause: [{ type, reason: 'the reason' }], type, reason: 'the reason' },
    status,
  })
})

test('the realm may name the exception type and the cause of this very case', () => {
  const facts = { esType: 'exception', causedBy: { type: 'e_o_f_exception', reason: 'short' } }
  expect(render(new SamlError('SAML_DEFLATE', 'the reason', facts))).toMatchObject({
    error: { type: 'exception', reason: 'the reason', caused_by: { type: 'e_o_f_exception', reason: 'short' } },
    status: 500,
  })
})

test('an illegal argument is 400 wherever the realm meets it', () => {
  const error = new SamlError('SAML_MESSAGE_MISSING', 'no', { esType: 'illegal_argument_exception' })
  expect(render(error)).toMatchObject({ error: { type: 'illegal_argument_exception' }, status: 400 })
})

test('an error nobody foresaw tells nothing from inside', () => {
  expect(toElasticsearchError(new TypeError('password is hunter2'), classic)).toBeUndefined()
  expect(render(new TypeError('password is hunter2'))).toMatchObject({
    error: { type: 'exception', reason: 'internal error, see the log of the emulator' },
    status: 500,
  })
})

test('a failure that is one already stays what it is', () => {
  const error = securityError(500, 'supplied token is not valid')
  expect(toElasticsearchError(error, classic)).toBe(error)
})
