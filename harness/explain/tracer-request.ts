import { type Exchange, headerOf, list, mapping, text } from './exchange.ts'

/**
 * A request in an export of the browser extension SAML-tracer. `post` is a list of pairs, decoded; whoever exported it may have had its values replaced
 * (`{hash:…}`, `{obf:…}`), and then only the XML in `saml` is left of the message.
 */
export function exchangeOfTracer(request: unknown): Exchange {
  const { method, url, post, saml, responseHeaders } = mapping(request)
  const pairs = list(post).map((pair) => list(pair).map((part) => text(part) ?? ''))
  const isHidden = pairs.some(([, value = '']) => /^\{(?:hash|obf):/.test(value))
  const verb = text(method) ?? 'GET'
  return {
    method: verb,
    url: text(url) ?? '',
    body: isHidden || pairs.length === 0 ? undefined : new URLSearchParams(pairs as [string, string][]).toString(),
    decoded: isHidden && verb === 'POST' ? text(saml) : undefined,
    location: headerOf(responseHeaders, 'location'),
  }
}
