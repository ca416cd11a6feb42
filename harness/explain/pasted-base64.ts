import { decodedDocument } from './document-in.ts'
import type { FoundMessage } from './found-message.ts'

/** The message that a text is in base64, deflated or not, also as it stands in a query. How it was carried, nobody knows. */
export function readPastedBase64(text: string): FoundMessage[] | undefined {
  const compact = text.replace(/\s+/g, '')
  const base64 = unescaped(compact)
  if (!/^[A-Za-z0-9+/_-]{16,}={0,2}$/.test(base64)) return undefined
  const document = decodedDocument(base64)
  return document === undefined ? undefined : [{ presented: { carrier: 'document', document }, notes: [] }]
}

function unescaped(text: string): string {
  return text.replace(/%(2B|2F|3D|0D|0A)/gi, (_escape, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)).trim(),
  )
}
