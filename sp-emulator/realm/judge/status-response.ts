import type { MessageHeader } from '#saml/messages/header'
import { isSuccess, type Status } from '#saml/messages/status'
import { STATUS } from '#saml/names'
import { refuse } from '../refusals.ts'
import { trimmed } from './message.ts'
import { known, type Receiver } from './receiver.ts'

// A node of the classic profile trips over ids that the caller did not send (spec §1.7, §5).
const nullIds = 'Cannot invoke "java.util.Collection.contains(Object)" because "allowedSamlRequestIds" is null'

/** @throws SamlError SAML_IN_RESPONSE_TO unless a present InResponseTo is one of the pending ids; an absent one passes (spec §5, §6.2). */
export function checkInResponseTo(inResponseTo: string | undefined, pending: Receiver['ids']): void {
  const answered = trimmed(inResponseTo)
  if (answered === undefined) return
  const ids = known(pending, 'which requests are pending')
  if (ids?.includes(answered)) return
  const facts = { expected: ids, actual: answered }
  if (ids === null) throw refuse('SAML_IN_RESPONSE_TO', nullIds, { ...facts, esType: 'null_pointer_exception' })
  // A node of the classic profile leaves this blank at the end.
  const reason = `SAML content is in-response-to [${answered}] but expected one of [${ids.join(', ')}] `
  throw refuse('SAML_IN_RESPONSE_TO', reason, facts)
}

const whoFailed: ReadonlyMap<string, string> = new Map([
  [
    STATUS.requester,
    'The SAML IdP did not grant the request. It indicated that the Elastic Stack side sent something invalid',
  ],
  [STATUS.responder, 'The request could not be granted due to an error in the SAML IDP side'],
  [STATUS.versionMismatch, "The request could not be granted because the SAML IDP doesn't support SAML 2.0"],
])

const nonStandard = 'The request could not be granted, the SAML IDP responded with a non-standard Status code'

/** @throws SamlError SAML_STATUS unless the top-level code is Success (spec §5). */
export function checkStatus(status: Status): void {
  if (isSuccess(status)) return
  const [code, ...subCodes] = status.codes
  if (code === undefined) throw refuse('SAML_STATUS', 'SAML Response has no status code')
  const explanation = whoFailed.get(code) ?? nonStandard
  const message = status.message === undefined ? '' : ` Message: [${status.message}]`
  const [subCode] = subCodes
  const detail =
    subCode === undefined ? '' : ` Specific status code which might indicate what the issue is: [${subCode}]`
  throw refuse(
    'SAML_STATUS',
    `SAML Response is not a 'success' response: ${explanation} (${code}).${message}${detail}`,
    { expected: STATUS.success, actual: status.codes },
  )
}

/** @throws SamlError SAML_DESTINATION for another address; for none only when the XML itself is signed (spec §5, §6.2). */
export function checkResponseDestination(
  { id, destination }: MessageHeader,
  expected: string,
  isXmlSigned: boolean,
): void {
  if (destination === expected) return
  if (!isXmlSigned && trimmed(destination) === undefined) return
  const reason = `SAML response ${id} is for destination ${destination ?? 'null'} but this realm uses ${expected}`
  throw refuse('SAML_DESTINATION', reason, { expected, actual: destination })
}
