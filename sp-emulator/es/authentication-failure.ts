import type { SamlError } from '#saml/errors'
import type { Dialect } from './dialect.ts'
import { ElasticsearchError, type ErrorEntries } from './elasticsearch-error.ts'
import { toElasticsearchError } from './errors.ts'

/** Nobody was authenticated; every scheme that the node knows is offered (spec §1.3). `cause` is the real reason, which the caller is not told. */
export function authenticationFailure(
  reason: string,
  dialect: Dialect,
  { metadata = {}, cause }: { readonly metadata?: ErrorEntries; readonly cause?: SamlError } = {},
): ElasticsearchError {
  const headers = { 'WWW-Authenticate': dialect.wwwAuthenticate }
  return new ElasticsearchError({ status: 401, type: 'security_exception', reason, metadata, headers, cause })
}

/** A refusal of the credentials themselves, which tells why; every scheme is offered with it (spec §1.7). */
export function challenging(error: unknown, dialect: Dialect): ElasticsearchError {
  const failure = toElasticsearchError(error, dialect)
  if (failure === undefined) throw new TypeError('nobody foresaw this refusal', { cause: error })
  const { status, type, message: reason, metadata, causedBy } = failure
  const headers = { 'WWW-Authenticate': dialect.wwwAuthenticate }
  return new ElasticsearchError({ status, type, reason, metadata, headers, causedBy, cause: error })
}

/** The access token is past its expiry or invalidated; clients refresh on this answer (spec §7.2). */
export function tokenExpired(): ElasticsearchError {
  const challenge = 'Bearer realm="security", error="invalid_token", error_description="The access token expired"'
  const headers = { 'WWW-Authenticate': challenge }
  return new ElasticsearchError({ status: 401, type: 'security_exception', reason: 'token expired', headers })
}
