import { SamlError } from '../errors.ts'

/** One parameter of a query string, with the octets it came with beside the decoded text. */
export interface RawParameter {
  /** As received: `SAMLRequest=fZ…%3D`. */
  readonly raw: string
  readonly rawName: string
  readonly rawValue: string
  readonly name: string
  readonly value: string
}

/**
 * Splits a query string once, on `&`, and decodes each name and value (`+` is a blank, percent escapes are UTF-8).
 * @throws SamlError SAML_QUERY_MALFORMED for a character outside printable ASCII, a `#`, or a broken escape.
 */
export function splitRawQuery(query: string): readonly RawParameter[] {
  if (!/^[\x21-\x22\x24-\x7E]*$/.test(query)) {
    throw new SamlError('SAML_QUERY_MALFORMED', 'the query string holds a character that a URL cannot carry')
  }
  return query
    .split('&')
    .filter((raw) => raw !== '')
    .map(readParameter)
}

function readParameter(raw: string): RawParameter {
  const equals = raw.indexOf('=')
  const rawName = equals < 0 ? raw : raw.slice(0, equals)
  const rawValue = equals < 0 ? '' : raw.slice(equals + 1)
  return { raw, rawName, rawValue, name: decode(rawName), value: decode(rawValue) }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch (cause) {
    throw new SamlError(
      'SAML_QUERY_MALFORMED',
      `the query string holds a broken escape in [${text.slice(0, 64)}]`,
      {},
      { cause },
    )
  }
}
