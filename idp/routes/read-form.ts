import type { Context } from 'hono'
import { readBody } from '#server/read-body'
import { readFields } from '../inbox/form-parcel.ts'
import { type Arrival, noteArrival } from '../inbox/note-received.ts'
import type { IdpParts } from '../parts.ts'
import { HttpRefusal } from './http-refusal.ts'

const maxOctets = 512 * 1024

/**
 * The fields of a form POST, each of which occurs once.
 * @throws HttpRefusal CONTENT_TYPE, TOO_LARGE or INCOMPLETE, SamlError SAML_QUERY_AMBIGUOUS when a field occurs twice.
 */
export async function readForm(c: Context): Promise<ReadonlyMap<string, string>> {
  return readFields(await readFormText(c))
}

/**
 * The body of a form POST that is to bring a message, as it came.
 * @throws HttpRefusal as `readFormText`, which stands in the journal
 */
export async function readMessageForm(
  c: Context,
  parts: Pick<IdpParts, 'config'>,
  { what, at: url }: { readonly what: Arrival['what']; readonly at: string },
): Promise<string> {
  try {
    return await readFormText(c)
  } catch (error) {
    if (!(error instanceof HttpRefusal)) throw error
    const seq = noteArrival(parts, { what, binding: 'post', wire: { method: 'POST', url } }, error)
    throw new HttpRefusal(error.code, error.message, error.facts, seq || undefined)
  }
}

/**
 * The body of a form POST, as it came.
 * @throws HttpRefusal CONTENT_TYPE, TOO_LARGE or INCOMPLETE
 */
async function readFormText(c: Context): Promise<string> {
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
  return body.toString()
}
