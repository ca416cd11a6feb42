import { deflate, inflate } from '#saml/bindings/deflate'
import type { Presented } from '#saml/rules/presented'
import { messageParameters } from '../explain/document-in.ts'
import type { CapturedMessage } from './message-step.ts'
import type { ReplaceNames } from './name-replacer.ts'

/** A message as it was. */
export function asItWas(presented: Presented): CapturedMessage {
  if (presented.carrier === 'query') return { queryString: presented.queryString }
  return presented.carrier === 'form' ? { form: presented.fields } : { document: presented.document }
}

/**
 * The same message with other names in it, encoded as it was; whatever signature it has does not verify any more. Undefined where it cannot be decoded, so that
 * nobody knows which names are in it.
 */
export function withOtherNames(presented: Presented, replace: ReplaceNames): CapturedMessage | undefined {
  if (presented.carrier === 'document') return { document: replace(presented.document) }
  if (presented.carrier === 'form') {
    const fields = Object.entries(presented.fields).map(([name, value]) => [name, changedValue(name, value, replace)])
    return fields.some(([, value]) => value === undefined) ? undefined : { form: Object.fromEntries(fields) }
  }
  const parameters = presented.queryString.split('&').map((raw) => changedParameter(raw, replace))
  return parameters.includes(undefined) ? undefined : { queryString: parameters.join('&') }
}

function changedParameter(raw: string, replace: ReplaceNames): string | undefined {
  const [name = '', ...rest] = raw.split('=')
  const written = rest.join('=')
  if (name === 'SigAlg' || name === 'Signature') return raw
  try {
    const value = decodeURIComponent(written.replaceAll('+', '%20'))
    const changed = changedValue(name, value, replace)
    if (changed === undefined || changed === value) return changed === undefined ? undefined : raw
    const escaped = encodeURIComponent(changed)
    return `${name}=${/%[0-9]?[a-f]/.test(written) ? escaped.replace(/%../g, (each) => each.toLowerCase()) : escaped}`
  } catch {
    return undefined
  }
}

function changedValue(name: string, value: string, replace: ReplaceNames): string | undefined {
  if (!(messageParameters as readonly string[]).includes(name)) return name === 'RelayState' ? 'state' : undefined
  const octets = Buffer.from(value.replaceAll(' ', '+'), 'base64')
  const plain = octets.toString()
  if (/^\uFEFF?\s*</.test(plain)) return again(plain, value, (document) => Buffer.from(document), replace)
  try {
    return again(inflate(octets, { lenient: true }).toString(), value, deflate, replace)
  } catch {
    return undefined
  }
}

/** What has no name in it stays octet for octet. */
function again(document: string, value: string, encode: (document: string) => Uint8Array, replace: ReplaceNames) {
  const changed = replace(document)
  return changed === document ? value : Buffer.from(encode(changed)).toString('base64')
}
