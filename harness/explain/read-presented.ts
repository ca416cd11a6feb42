import { ConfigError } from '#server/config-error'
import { readCapture } from './capture.ts'
import type { Found, FoundMessage } from './found-message.ts'
import { readPastedAddresses } from './pasted-address.ts'
import { readPastedBase64 } from './pasted-base64.ts'
import { readPastedCommand } from './pasted-command.ts'
import { formsInPage } from './pasted-page.ts'
import { readPastedXml } from './pasted-xml.ts'

const ways: readonly ((text: string) => readonly FoundMessage[] | undefined)[] = [
  readPastedPage,
  readPastedXml,
  readPastedCommand,
  readPastedAddresses,
  readPastedBase64,
]

/**
 * The messages in whatever somebody has of them, in their order: an address, a query, the body or the page of a form, base64, XML, SOAP, a command, a log,
 * a HAR, an export of SAML-tracer. Parameters of a query stay octet for octet as they were, and what had to be undone is noted.
 * @throws ConfigError or SamlError in one sentence when there is none, or none that can be read
 */
export function readPresented(text: string): Found {
  if (isJson(text)) return readCapture([Buffer.from(text)])
  for (const way of ways) {
    const messages = way(text) ?? []
    if (messages.length > 0) return { isCapture: messages.length > 1, messages, unread: [] }
  }
  throw new ConfigError(nothingIn(text))
}

/** Whether a text begins as a JSON document does. */
export const isJson = (text: string): boolean => /^\uFEFF?\s*\{/.test(text)

function readPastedPage(page: string): FoundMessage[] {
  return formsInPage(page).map(({ action, fields }) => ({
    presented: { carrier: 'form', fields, address: action },
    notes: [],
  }))
}

function nothingIn(text: string): string {
  if (text.trim() === '') return 'there is no SAML message: nothing was given'
  if (/\bSAMLart=/.test(text)) return 'there is no SAML message, only an artifact, which names one and does not hold it'
  return 'there is no SAML message in it: expected an address, a query, a form, base64, XML, a HAR or an export of SAML-tracer'
}
