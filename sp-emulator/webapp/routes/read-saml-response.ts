import { badRequest } from '../web-app-error.ts'
import { readFields } from './read-fields.ts'

interface PostedResponse {
  /** As it came: opaque. */
  readonly samlResponse: string
  readonly relayState: string | undefined
}

/**
 * Reads the fields `SAMLResponse` and `RelayState` of a form or a JSON body. Other fields do not matter.
 *
 * @throws WebAppError (400, 413) when there is not exactly one SAMLResponse, or too much of it
 */
export async function readSamlResponse(request: Request): Promise<PostedResponse> {
  const fields = await readFields(request)
  const [samlResponse, ...others] = fields('SAMLResponse')
  if (others.length > 0) throw badRequest('The request has more than one SAMLResponse.')
  if (typeof samlResponse !== 'string' || samlResponse === '') throw badRequest('The request has no SAMLResponse.')
  const [relayState, ...otherRelayStates] = fields('RelayState')
  const isPlain = typeof relayState === 'string' && otherRelayStates.length === 0
  return { samlResponse, relayState: isPlain ? relayState : undefined }
}
