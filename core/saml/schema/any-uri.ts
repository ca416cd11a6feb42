/** What follows the scheme, up to a query or fragment, may hold brackets only where it is opaque or where they enclose an address (RFC 2732). */
const reference = /^(?<scheme>[^:/?#]*:)?(?<hierarchy>[^?#]*)(?:\?[^#]*)?(?:#[^#]*)?$/s
const brokenEscape = /%(?![0-9A-Fa-f]{2})/
const authority = /^\/\/(?<address>[^/]*)/

/**
 * Whether a text is an anyURI as Xerces judges it, and so an Elasticsearch node: what XLink escapes may stand bare, letters beyond ASCII included;
 * escapes must be whole, there is at most one `#`, a scheme has something behind it, brackets enclose a host or stand in an opaque part or a query.
 * Expects the text with its white space collapsed.
 */
export function isAnyUri(text: string): boolean {
  if (text === '') return true
  const { scheme = '', hierarchy = '' } = reference.exec(text)?.groups ?? {}
  const rest = text.slice(scheme.length)
  if (brokenEscape.test(text) || !reference.test(text) || rest === '//') return false
  if (scheme === '') return hasGoodBrackets(hierarchy)
  if (!/^[A-Za-z][A-Za-z0-9+.-]*:$/.test(scheme) || rest === '' || rest.startsWith('#')) return false
  return !hierarchy.startsWith('/') || hasGoodBrackets(hierarchy)
}

/** In a path no bracket may stand; in an authority the pair around an IPv6 address. */
function hasGoodBrackets(hierarchy: string): boolean {
  const address = authority.exec(hierarchy)?.groups?.['address'] ?? ''
  const withoutHost = isBracketedHost(address) ? hierarchy.slice('//'.length + address.length) : hierarchy
  return !/[[\]]/.test(withoutHost)
}

function isBracketedHost(address: string): boolean {
  const [, host = '', port = ''] = /^(?:[^@[\]]*@)?\[([0-9A-Fa-f:.]*)\](?::(\d{0,5}))?$/.exec(address) ?? []
  return URL.canParse(`http://[${host}]/`) && Number(port) <= 65_535
}
