import { SamlError } from '../../errors.ts'
import type { XmlElement } from '../../xml/element.ts'
import { readXml } from '../../xml/read.ts'
import { asItCame, type Variant, type Way } from './way.ts'

type Repair = readonly [Way, (octets: Buffer) => string | undefined]

const utf16: Way = { how: 'as UTF-16', why: 'a message is to be in UTF-8' }
const looksLike = (octets: Buffer, ...begin: readonly number[]) =>
  begin.every((octet, index) => octets[index] === octet)

/** In what a document may be repaired, the likeliest first. */
export const repairs: readonly Repair[] = [
  [
    utf16,
    (octets) =>
      looksLike(octets, 0xff, 0xfe) || looksLike(octets, 0x3c, 0) ? decodedFrom(octets, 'utf-16le') : undefined,
  ],
  [
    utf16,
    (octets) =>
      looksLike(octets, 0xfe, 0xff) || looksLike(octets, 0, 0x3c) ? decodedFrom(octets, 'utf-16be') : undefined,
  ],
  [{ how: 'as Latin-1', why: 'a message is to be in UTF-8' }, (octets) => decodedFrom(octets, 'latin1')],
  [
    { how: 'with its HTML escapes undone', why: 'the document was escaped for a page before it was encoded' },
    (octets) => (/^\s*&lt;/.test(octets.toString()) ? unescapedHtml(octets.toString()) : undefined),
  ],
  [
    { how: 'without its DOCTYPE', why: 'a message may have none, since what it declares could be anything' },
    (octets) => withoutDoctype(octets.toString()),
  ],
  [
    { how: 'without its processing instructions', why: 'a message that is signed may have none' },
    (octets) => octets.toString().replace(/<\?(?!xml\s)[^?]*\?>/g, ''),
  ],
  [
    { how: 'without what stands in front of its first element', why: 'a document begins with < or an XML declaration' },
    (octets) => octets.toString().replace(/^[^<]+/, ''),
  ],
  [
    { how: 'without what stands behind its root element', why: 'something was put behind the document' },
    (octets) => octets.toString().replace(/>[^<>]*$/, '>'),
  ],
  [
    { how: 'with the encoding that it declares passed over', why: 'a message is to be in UTF-8' },
    (octets) => octets.toString().replace(/^<\?xml[^>]*\?>/, ''),
  ],
]

/** Only the first is looked at, so that many of them cannot make it long. */
function withoutDoctype(text: string): string {
  const begin = text.indexOf('<!DOCTYPE')
  const end = /^[^>[]*(?:\[[^\]]*\]\s*)?>/.exec(text.slice(begin))?.[0].length ?? 0
  return begin < 0 ? text : text.slice(0, begin) + text.slice(begin + end)
}

const decodedFrom = (octets: Buffer, encoding: string) =>
  new TextDecoder(encoding, { fatal: true }).decode(octets).replace(/^<\?xml[^>]*\?>/, '')

const characters: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', amp: '&', '#39': "'", apos: "'" }
const unescapedHtml = (text: string) =>
  text.replace(/&(lt|gt|quot|amp|#39|apos);/g, (all, name) => characters[name] ?? all)

/** The document in these octets, as it is or repaired in one thing; undefined when it cannot be read in any of the ways. */
export function readRepaired(octets: Buffer): Variant<XmlElement> | undefined {
  const root = readOrNothing(octets)
  if (root !== undefined) return asItCame(root)
  for (const [way, repair] of repairs) {
    const text = repairedOrNothing(octets, repair)
    const repaired = text === undefined ? undefined : readOrNothing(text)
    if (repaired !== undefined) return { it: repaired, ways: [way] }
  }
  return undefined
}

function repairedOrNothing(octets: Buffer, repair: Repair[1]): string | undefined {
  try {
    return repair(octets)
  } catch {
    // Not in this encoding.
    return undefined
  }
}

function readOrNothing(document: Uint8Array | string): XmlElement | undefined {
  try {
    return readXml(document)
  } catch (error) {
    if (error instanceof SamlError) return undefined
    throw error
  }
}
