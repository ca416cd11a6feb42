import type { Context } from 'hono'
import { readRedirect } from '#saml/bindings/redirect'
import { SamlError } from '#saml/errors'
import { rawQuery } from '#server/raw-query'
import type { RawMessage } from '../inbox/raw-message.ts'

const maxOctets = 64 * 1024

/** The message in the query of a request to this address of ours, from the octets that came over the wire. */
export function readReceivedQuery(c: Context, arrivedAt: string): RawMessage {
  const query = rawQuery(c.req.raw, c.env)
  if (query.length > maxOctets) {
    throw new SamlError('SAML_TOO_LARGE', `the query string has more than ${maxOctets} octets`, {
      expected: `at most ${maxOctets}`,
      actual: query.length,
    })
  }
  return { ...readRedirect(query), arrivedAt, carrier: 'browser' }
}

/** Whether the query, which may be unreadable, was meant to answer a request. */
export function carriesAnswer(c: Context): boolean {
  return /(?:^|&)SAMLResponse=/.test(rawQuery(c.req.raw, c.env))
}
