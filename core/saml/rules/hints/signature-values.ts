import { decodeBase64 } from '../../bindings/base64.ts'
import { asItCame, type Variant } from './way.ts'

/** The octets that the value of `Signature` may have been meant to be, as it came before all; none when it is no base64 in any of the ways. */
export function signatureValuesOf(value: string): readonly Variant<Buffer>[] {
  return textsOf(value).flatMap(({ it, ways }) => {
    const octets = decodedOrNothing(it)
    return octets === undefined ? [] : [{ it: octets, ways }]
  })
}

function textsOf(value: string): readonly Variant[] {
  const texts = [asItCame(value)]
  if (value.includes(' ')) {
    const why = 'in a query a bare + is a blank, and that of base64 is to be sent as %2B'
    texts.push({ it: value.replaceAll(' ', '+'), ways: [{ how: 'with + where Signature has blanks', why }] })
  }
  if (/%[0-9A-Fa-f]{2}/.test(value)) {
    const why = 'it was escaped twice'
    texts.push({ it: unescaped(value), ways: [{ how: 'with Signature unescaped once more', why }] })
  }
  if (/[-_]/.test(value)) {
    const why = 'the sender wrote url-safe base64'
    const it = value.replaceAll('-', '+').replaceAll('_', '/')
    texts.push({ it, ways: [{ how: 'with + and / for - and _ in Signature', why }] })
  }
  return texts.flatMap((text) => strictly(text))
}

/** White space and padding matter to a strict receiver only. */
function strictly({ it, ways }: Variant): readonly Variant[] {
  const compact = it.replace(/[\t\n\v\f\r ]/g, '')
  const padded = compact + '='.repeat((4 - (compact.length % 4)) % 4)
  if (padded === it) return [{ it, ways }]
  const how = compact === it ? 'with = at the end of Signature' : 'without the white space in Signature'
  return [{ it: padded, ways: [...ways, { how, why: 'it is no strict base64' }] }]
}

function decodedOrNothing(text: string): Buffer | undefined {
  try {
    return decodeBase64(text)
  } catch {
    return undefined
  }
}

function unescaped(text: string): string {
  return text.replace(/%[0-9A-Fa-f]{2}/g, (written) => String.fromCharCode(Number.parseInt(written.slice(1), 16)))
}
