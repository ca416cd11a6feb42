import { expect, test } from 'vitest'
import { ConfigError } from '#server/config'
import { type Dialect, dialectOf } from './dialect.ts'

test.each([
  ['6.8', '6.8.0', 6],
  ['7.17.29', '7.17.29', 7],
  ['8.19', '8.19.0', 8],
  ['9.2.1', '9.2.1', 9],
  ['9.4', '9.4.0', 9],
])('version %s is emulated as %s', (text, version, major) => {
  expect(dialectOf(text)).toMatchObject({ version, major })
})

test.each(['6.7', '7.18', '8.20', '9.5', '10.0.0', '9', '9.2.x', 'latest', ''])(
  'version "%s" is refused in one sentence',
  (version) => {
    expect(() => dialectOf(version)).toThrow(
      new ConfigError(`Elasticsearch ${version} cannot be emulated; choose a version from 6.8 to 9.4, such as 8.19`),
    )
  },
)

/** Every trait at its boundaries: the last version before a change and the first one after it. */
test.each<[trait: keyof Dialect, before: string, old: unknown, since: string, changed: unknown]>([
  ['oldPaths', '6.8.23', 'native', '7.0.0', 'deprecated'],
  ['oldPaths', '7.17.99', 'deprecated', '8.0.0', 'compatible-with-7'],
  ['oldPaths', '8.19.99', 'compatible-with-7', '9.0.0', 'gone'],
  ['unknownField', '6.8.23', 'parser-not-found', '7.0.0', 'suggesting'],
  ['hasApiKeys', '6.8.23', false, '7.0.0', true],
  ['hasCompleteLogout', '7.9.3', false, '7.10.0', true],
  ['showsLogoutId', '7.9.3', false, '7.10.0', true],
  ['hasSpMetadata', '7.10.2', false, '7.11.0', true],
  ['showsAuthentication', '7.10.2', false, '7.11.0', true],
  ['showsKeyManager', '9.1.10', false, '9.2.0', true],
  ['showsTokenManager', '9.3.5', false, '9.4.0', true],
  ['runAsWith', '8.0.1', ['realm'], '8.1.0', ['realm', 'api_key']],
  ['runAsWith', '8.2.3', ['realm', 'api_key'], '8.3.0', ['realm', 'api_key', 'token']],
  ['mediaTypes', '7.10.2', 'plain', '7.11.0', 'versioned'],
  ['queryField', '7.13.4', 'queryString', '7.14.0', 'query_string'],
  ['productHeader', '7.13.4', false, '7.14.0', true],
  ['unknownTokenStatus', '7.17.99', 200, '8.0.0', 404],
  ['unknownBearer', '7.17.99', 'missing-credentials', '8.0.0', 'invalid-token'],
  ['jsonContentType', '7.17.99', 'application/json; charset=UTF-8', '8.0.0', 'application/json'],
  ['malformedJsonType', '7.17.99', 'json_parse_exception', '8.0.0', 'x_content_parse_exception'],
  ['usualNameIdFormat', '7.17.99', 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient', '8.0.0', undefined],
  ['unsolicited', '8.19.12', 'hidden', '8.19.13', 'named'],
  ['unsolicited', '8.19.13', 'named', '9.0.0', 'hidden'],
  ['unsolicited', '9.2.99', 'hidden', '9.3.0', 'named'],
  ['showsInResponseTo', '8.19.12', false, '8.19.13', true],
  ['showsInResponseTo', '8.19.13', true, '9.0.0', false],
  ['showsInResponseTo', '9.2.99', false, '9.3.0', true],
  [
    'samlFailure',
    '9.2.99',
    { status: 500, type: 'security_exception' },
    '9.3.0',
    { status: 401, type: 'saml_authentication_exception' },
  ],
])('%s is of the old kind in %s', (trait, before, old, since, changed) => {
  expect([dialectOf(before)[trait], dialectOf(since)[trait]]).toEqual([old, changed])
})
