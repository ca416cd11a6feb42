import type { Context } from 'hono'
import { type RedirectMessage, readRedirect } from '#saml/bindings/redirect'
import { SamlError } from '#saml/errors'
import { rawQuery } from '#server/raw-query'

const maxOctets = 64 * 1024

/** The message in the query of a request, read from the octets that came over the wire. */
export function readReceivedQuery(c: Context): RedirectMessage {
  const query = rawQuery(c.req.raw, c.env)
  if (query.length > maxOctets) {
    throw new SamlError('SAML_TOO_LARGE', `the query string has more than ${maxOctets} octets`, {
      expected: `at most ${maxOctets}`,
      actual: query.length,
    })
  }
  return readRedirect(query)
}

/** Whether the query, which may be unreadable, was meant to answer a request. */
export function carriesAnswer(c: Context): boolean {
  return /(?:^|&)SAMLResponse=/.test(rawQuery(c.req.raw, c.env))
}
