import { decodedDocument, isPlainDocument, messageParameters } from './document-in.ts'

/** A line of a text, or those of a wrapped address put together again. */
export interface JoinedLine {
  readonly text: string
  readonly isJoined: boolean
}

/** What opens an address or a query that may go on in the next line. */
const openAddress = /https?:\/\/|SAML(?:Request|Response)(?:=|%3D)|^\?/i
/** The mark of a quotation in a mail, and what indents. */
const margin = /^[\s>]*/

/** The lines of a text, those of wrapped addresses put together. */
export function joinLines(text: string): readonly JoinedLine[] {
  const lines: { parts: string[]; open: string; width: number }[] = []
  for (const line of text.split(/\r\n|\r|\n/)) {
    const words = wordsIn(line.replace(margin, ''))
    const before = lines.at(-1)
    const width = line.trimEnd().length
    if (before !== undefined && goesOn(before.open, { words, isAsWide: before.width === width })) {
      before.parts.push(words.join(' '))
      before.open = words.length > 1 ? (words.at(-1) ?? '') : before.open + words.join('')
      before.width = width
    } else lines.push({ parts: [line.trimEnd()], open: words.at(-1) ?? '', width })
  }
  return lines.map(({ parts }) => ({ text: parts.join(''), isJoined: parts.length > 1 }))
}

const wordsIn = (line: string): readonly string[] => line.split(/\s+/).filter((word) => word !== '')

interface NextLine {
  readonly words: readonly string[]
  readonly isAsWide: boolean
}

/** Whether a line is more of the address that the one before ends with. Lines of one width were wrapped. */
function goesOn(open: string, { words, isAsWide }: NextLine): boolean {
  const [head, ...rest] = words
  if (head === undefined || !openAddress.test(open)) return false
  if (/^https?:|^[\w-]+:$|^["'<({[]/.test(head)) return false
  const isParameters = /%[\dA-Fa-f]{2}|[=&]/.test(head)
  if (rest.length > 0 && !rest[0]?.startsWith('HTTP/') && !isParameters) return false
  return isParameters || isAsWide || !isWhole(open)
}

/** In octets: RSA with 1024 to 4096 bits, ECDSA with P-256 to P-521. */
const signatureSizes: readonly number[] = [128, 256, 384, 512, 64, 96, 132]

/** Whether nothing is missing: the message can be read, and its signature has as many octets as one may have. */
function isWhole(open: string): boolean {
  if (/%[\dA-Fa-f]?$/.test(open)) return false
  const parameters = new URLSearchParams(open.slice(open.indexOf('?') + 1))
  const value = messageParameters.map((name) => parameters.get(name)).find((found) => found !== null)
  const base64 = value?.replaceAll(' ', '+') ?? ''
  if (!isPlainDocument(base64) && decodedDocument(base64) === undefined) return false
  const signature = parameters.get('Signature')?.replaceAll(' ', '+')
  if (signature === undefined) return !parameters.has('SigAlg')
  return signature.length % 4 === 0 && signatureSizes.includes(Buffer.from(signature, 'base64').length)
}
