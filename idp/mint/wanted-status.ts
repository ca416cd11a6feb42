import { type Status, success } from '#saml/messages/status'
import { STATUS } from '#saml/names'
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

function checkUri(code: string, path: string): string {
  if (code.includes(':') && whyNoReference(code) === undefined) return code
  throw unknown('invalid', { path, what: 'status code', actual: code, known: statusNames })
}
