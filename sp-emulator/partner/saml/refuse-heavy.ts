import { PartnerError } from '../partner-error.ts'

const mostOf = 4_000

/**
 * Refuses what would keep node-saml's parsers busy: they take quadratic time over depth and over attributes, and neither can be more than there are such characters.
 * @throws PartnerError (400)
 */
export function refuseHeavy(what: string, document: string): void {
  if (countOf('<', document) <= mostOf && countOf('=', document) <= mostOf) return
  throw new PartnerError(400, `The ${what} has more than ${mostOf} tags or attributes.`)
}

function countOf(character: string, text: string): number {
  let count = 0
  for (let at = text.indexOf(character); at !== -1; at = text.indexOf(character, at + 1)) count += 1
  return count
}
