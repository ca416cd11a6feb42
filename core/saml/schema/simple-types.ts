import { isInstant } from '../instants.ts'
import { isAnyUri } from './any-uri.ts'

const collapse = (value: string) => value.replace(/[\t\n\r ]+/g, ' ').replace(/^ | $/g, '')
const matches = (pattern: RegExp) => (value: string) => pattern.test(collapse(value))

const ncName = /^[\p{L}_][\p{L}\p{M}\p{N}\u00B7._-]*$/u

/** The lexical spaces of the simple types (XML Schema part 2) that the SAML schemas use; white space is collapsed first, as the types say. */
const simpleTypes = {
  string: () => true,
  anyURI: (value: string) => isAnyUri(collapse(value)),
  ncName: matches(ncName),
  boolean: matches(/^(true|false|0|1)$/),
  dateTime: isInstant,
  unsignedShort: (value: string) => /^\+?\d{1,5}$/.test(collapse(value)) && Number(value) <= 65_535,
  nonNegativeInteger: matches(/^\+?\d{1,18}$/),
  integer: matches(/^[+-]?\d{1,128}$/),
  base64: (value: string) =>
    /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?$/.test(
      value.replace(/[\t\n\r ]+/g, ''),
    ),
  comparison: matches(/^(exact|minimum|maximum|better)$/),
  decision: matches(/^(Permit|Deny|Indeterminate)$/),
} as const

export type SimpleType = keyof typeof simpleTypes

/** Whether `value` lies in the lexical space of `type`. */
export function isOfType(value: string, type: SimpleType): boolean {
  return simpleTypes[type](value)
}
