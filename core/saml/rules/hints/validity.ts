import { SamlError } from '../../errors.ts'
import { readMessage } from '../../schema/message.ts'
import { placeholder } from './texts.ts'
import { sentence, type Variant } from './way.ts'

/** A document is parsed for each thing that is tried. */
const LONGEST = 64 * 1024

/**
 * What would have made a well-formed document one that the schemas allow: the names by which messages refer to each other are what senders write wrong.
 * Undefined when nothing that was tried does, when it is valid, and when it is longer than 64 KiB.
 */
export function hintForValidity(document: string): string | undefined {
  if (document.length > LONGEST || isValid(document)) return undefined
  const repaired = renamed(document).find(({ it }) => isValid(it))
  return repaired && sentence('it is valid', repaired.ways)
}

/** The document with another ID or InResponseTo in the root. */
export function renamed(document: string): readonly Variant[] {
  const [head = ''] = /<[A-Za-z][^<>]*>/.exec(document) ?? []
  return [...head.matchAll(/\s(ID|InResponseTo)="([^"]*)"/g)].flatMap(([written, name, value = '']) => {
    const unfilled = placeholder(value)
    const right = unfilled === undefined ? `_${value}` : '_filled'
    const why = unfilled ?? 'an ID begins with a letter or an underscore'
    const how = unfilled === undefined ? `with an underscore in front of its ${name}` : `with its ${name} filled in`
    const it = document.replaceAll(written, () => written.replace(`"${value}"`, () => `"${right}"`))
    return [{ it, ways: [{ how, why }] }]
  })
}

function isValid(document: string): boolean {
  try {
    readMessage(document)
    return true
  } catch (error) {
    if (error instanceof SamlError) return false
    throw error
  }
}
