import { type Status, success } from '#saml/messages/status'
import { STATUS } from '#saml/names'
import { hintFor } from '#server/suggestions'
import { unknown } from './mint-refusal.ts'
import { whyNoReference } from './wanted-texts.ts'

const byName = new Map<string, string>(
  Object.values(STATUS).map((code) => [code.slice(code.lastIndexOf(':') + 1), code]),
)

/** The names of the codes that SAML defines (saml-core-2.0 §3.2.2.2). */
export const statusNames: readonly string[] = [...byName.keys()]

/**
 * The status that these codes say, in any order that is wanted: a name of SAML, or a URI as it stands.
 * @throws MintRefusal when a word is neither.
 */
export function wantedStatus(codes: readonly string[] | undefined): Status {
  if (codes === undefined) return success
  return { codes: codes.map((code, index) => byName.get(code) ?? checkUri(code, `status[${index}]`)) }
}

/** What makes a word unfit for a status code, in words that follow a colon. */
export function whyNoStatus(code: string): string | undefined {
  if (byName.has(code) || isUri(code)) return undefined
  return `there is no status code [${code.slice(0, 256)}], ${hintFor(code.slice(0, 256), statusNames)}`
}

const isUri = (code: string): boolean => code.includes(':') && whyNoReference(code) === undefined

function checkUri(code: string, path: string): string {
  if (isUri(code)) return code
  throw unknown('invalid', { path, what: 'status code', actual: code, known: statusNames })
}
