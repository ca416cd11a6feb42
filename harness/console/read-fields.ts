import { readBody } from '#server/read-body'
import { controlError } from '../control/control-error.ts'

const mostOctets = 1024 * 1024

/** The fields of a form that was sent. @throws ControlError */
export async function readFields(request: Request): Promise<URLSearchParams> {
  const [type = ''] = (request.headers.get('content-type') ?? '').split(';')
  const expected = 'application/x-www-form-urlencoded'
  if (type.trim().toLowerCase() !== expected) {
    throw controlError('unsupportedMediaType', `a form is sent as ${expected}`, {
      expected,
      actual: type.slice(0, 256),
    })
  }
  const octets = await readBody(request, mostOctets)
  if (octets === 'too-large') throw controlError('tooLarge', 'the form has more than 1 MiB', { expected: mostOctets })
  if (octets === 'incomplete') throw controlError('invalid', 'the connection ended in the middle of the form')
  return new URLSearchParams(octets.toString())
}
