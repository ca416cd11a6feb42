import { unescapeHtml } from './html-escapes.ts'

/** A text in which something was undone, and what. */
export interface Undone {
  readonly text: string
  readonly notes: readonly string[]
}

const htmlEscape = /&(?:amp|lt|gt|quot|apos|#\d{1,7}|#[xX][\dA-Fa-f]{1,6});/
const jsonEscape = /\\u00(?:26|3[dDcCeE])|\\\//

/** Undoes what the place that a text was copied from had escaped in it: JSON, or HTML. */
export function undoCopying(text: string): Undone {
  const fromJson = jsonEscape.test(text) ? unescapeJson(text) : text
  const fromHtml = htmlEscape.test(fromJson) ? unescapeHtml(fromJson) : fromJson
  const notes = [fromJson !== text && 'unescaped JSON', fromHtml !== fromJson && 'unescaped HTML']
  return { text: fromHtml, notes: notes.filter((note) => note !== false) }
}

function unescapeJson(text: string): string {
  return text
    .replace(/\\u00(26|3[dDcCeE])/g, (_escape, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replaceAll('\\/', '/')
}

const encodedName = /SAML(?:Request|Response)%(?:25)*3D/i
const encodedTwice = /SAML(?:Request|Response)=[^&#=]*%25[\dA-Fa-f]{2}/
/** What stands around an address that is percent-encoded as a whole. */
const around = /[&=?#]/

/**
 * Undoes one more percent-encoding than there should be: of a whole address, or of the values in it. Exactly one layer is taken off as often as it is there, so
 * that what is below is octet for octet as it was.
 */
export function undoEncoding(text: string): Undone {
  const layers = 3
  let undone = text
  for (let layer = 0; layer < layers; layer += 1) {
    const whole = wholeEncoded(undone)
    if (whole !== undefined) undone = decoded(whole)
    else if (encodedTwice.test(undone)) undone = undone.replaceAll('%25', '%')
    else break
  }
  return {
    text: undone,
    notes: undone === text ? [] : ['decoded twice: it was percent-encoded once more than a receiver undoes'],
  }
}

/** An address or a query that was percent-encoded as a whole, such as the value of a parameter of another one. */
function wholeEncoded(text: string): string | undefined {
  const at = text.search(encodedName)
  if (at === -1) return undefined
  const before = text.slice(0, at).split(around).at(-1) ?? ''
  return before + (text.slice(at).split(around, 1)[0] ?? '')
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text.replaceAll('%25', '%')
  }
}
