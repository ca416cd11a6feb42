import type { Context } from 'hono'
import { SamlError } from '#saml/errors'
import { readBody } from '#server/read-body'
import { HttpRefusal } from './http-refusal.ts'

const maxOctets = 512 * 1024

/** The fields of a form, each of which occurs once. */
type Form = ReadonlyMap<string, string>

/**
 * Reads the body of a form POST.
 * @throws HttpRefusal CONTENT_TYPE, TOO_LARGE or INCOMPLETE, SamlError SAML_QUERY_AMBIGUOUS when a field occurs twice.
 */
export async function readForm(c: Context): Promise<Form> {
  const [mediaType = ''] = (c.req.header('content-type') ?? '').split(';')
  const expected = 'application/x-www-form-urlencoded'
  if (mediaType.trim().toLowerCase() !== expected) {
    throw new HttpRefusal('CONTENT_TYPE', `a form is ${expected}`, { expected, actual: mediaType })
  }
  const body = await readBody(c.req.raw, maxOctets)
  if (body === 'too-large') {
    throw new HttpRefusal('TOO_LARGE', 'the form is larger than 512 KiB', { expected: `at most ${maxOctets} bytes` })
  }
  if (body === 'incomplete') throw new HttpRefusal('INCOMPLETE', 'the connection ended in the middle of the form')
  const form = new Map<string, string>()
  for (const [name, value] of new URLSearchParams(body.toString())) {
    if (form.has(name)) throw new SamlError('SAML_QUERY_AMBIGUOUS', `the field ${name} occurs more than once`)
    form.set(name, value)
  }
  return form
}
