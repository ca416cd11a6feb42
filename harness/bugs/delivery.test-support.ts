import type { Lab } from '../lab.ts'
import type { Answer } from './bug.ts'

type Minted = Awaited<ReturnType<Lab['idp']['mint']>>

/** What an application hands on of a message that reached it. */
export function callOf(minted: Minted, call: Answer['call']): object {
  const realm = 'saml1'
  if (call === 'authenticate') return { realm, ids: [], content: fieldOf(minted) }
  if (minted.binding === 'redirect') return { realm, query_string: minted.queryString }
  if (call === 'complete_logout') return { realm, content: fieldOf(minted) }
  // There is no input for a LogoutRequest that came by POST or SOAP: its body, as somebody hands it on who does not know that.
  const body = minted.binding === 'post' ? new URLSearchParams(minted.form.fields).toString() : minted.envelope
  return { realm, query_string: body }
}

function fieldOf(minted: Minted): string {
  if (minted.binding !== 'post') throw new TypeError(`expected a message by post, found one by ${minted.binding}`)
  const { SAMLResponse = '', SAMLRequest = SAMLResponse } = minted.form.fields
  return SAMLRequest
}
