/**
 * The query of a request as it was received: every octet after the first `?` of the request target, without the `?`; empty when there is none.
 *
 * `request.url` is a normalised URL: it escapes quotes and drops dot segments, and a signature over the original octets
 * would no longer verify (saml-bindings-2.0 §3.4.4.1). So it serves only when no socket was involved.
 */
export function rawQuery(request: Request, env: unknown): string {
  const target = requestTarget(env) ?? withoutFragment(request.url)
  const start = target.indexOf('?')
  return start === -1 ? '' : target.slice(start + 1)
}

function requestTarget(env: unknown): string | undefined {
  const incoming = (env as { incoming?: { url?: unknown } } | null | undefined)?.incoming
  return typeof incoming?.url === 'string' ? incoming.url : undefined
}

function withoutFragment(url: string): string {
  const end = url.indexOf('#')
  return end === -1 ? url : url.slice(0, end)
}
