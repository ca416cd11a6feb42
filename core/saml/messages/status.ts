import { STATUS } from '../names.ts'
import { type XmlNode, xml } from '../xml/build.ts'
import { attributeOf, childOf, type XmlElement } from '../xml/element.ts'

/** How a response says that it went: top-level code first, then the codes nested below it (saml-core-2.0 §3.2.2.1). */
export interface Status {
  readonly codes: readonly string[]
  readonly message?: string | undefined
}

export const success: Status = { codes: [STATUS.success] }

export function isSuccess(status: Status): boolean {
  return status.codes[0] === STATUS.success
}

const ofSaml = 'urn:oasis:names:tc:SAML:2.0:status:'

/** Of a status code of SAML the last part, which people know: `Success`. */
export const lastPart = (code: string): string => (code.startsWith(ofSaml) ? code.slice(ofSaml.length) : code)

/** Reads the Status of a response that the grammar has accepted. */
export function readStatus(response: XmlElement): Status {
  const status = childOf(response, 'samlp:Status')
  const codes: string[] = []
  let code = status === undefined ? undefined : childOf(status, 'samlp:StatusCode')
  while (code !== undefined) {
    codes.push(attributeOf(code, 'Value') ?? '')
    code = childOf(code, 'samlp:StatusCode')
  }
  return { codes, message: status === undefined ? undefined : childOf(status, 'samlp:StatusMessage')?.text }
}

export function statusElement({ codes, message }: Status): XmlNode {
  const code = codes.reduceRight<XmlNode | undefined>((inner, value) => {
    return xml('saml2p:StatusCode', { Value: value }, inner)
  }, undefined)
  return xml('saml2p:Status', {}, code, message === undefined ? undefined : xml('saml2p:StatusMessage', {}, message))
}
