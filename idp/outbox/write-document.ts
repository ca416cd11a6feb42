import { writeLogoutRequest } from '#saml/messages/logout-request'
import { writeLogoutResponse } from '#saml/messages/logout-response'
import { writeResponse } from '#saml/messages/response'
import type { Draft } from './draft.ts'

/** From draft to document: the XML of the message, unsigned. */
export function writeDocument(draft: Draft): string {
  switch (draft.kind) {
    case 'LogoutRequest':
      return writeLogoutRequest(draft.fields)
    case 'LogoutResponse':
      return writeLogoutResponse(draft.fields)
    case 'Response':
      return writeResponse(draft.fields)
  }
}
