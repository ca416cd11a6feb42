import { isAnyUri } from '#saml/schema/any-uri'
import { isOfType } from '#saml/schema/simple-types'
import { whyNoUri } from '../config-values.ts'

/** What makes a value unfit for the ID of a message: an NCName (saml-core-2.0 §1.3.4, xs:ID). */
export function whyNoId(value: string): string | undefined {
  if (value.trim() === value && isOfType(value, 'ncName')) return undefined
  return `expected the ID of a message, which begins with a letter or _ and has no blank and no colon, found ${shown(value)}`
}

/** What makes a value unfit for a NameID Format or a status code: an anyURI of at most 1024 characters. */
export function whyNoReference(value: string): string | undefined {
  return whyNoUri(value) ?? (isAnyUri(value) ? undefined : `expected a URI, found ${shown(value)}`)
}

const shown = (value: string): string => `the text ${JSON.stringify(value.slice(0, 80))}`
