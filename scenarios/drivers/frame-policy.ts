import type { IncomingHttpHeaders } from 'node:http'

/** Whether a page allows the pages around it to show it in a frame: `frame-ancestors` of its policy, else `X-Frame-Options` (csp3 §6.4.2). */
export function mayBeFramed(
  headers: IncomingHttpHeaders,
  { url, around }: { url: string; around: readonly string[] },
): boolean {
  const sources = frameAncestors(headers['content-security-policy'])
  const { origin } = new URL(url)
  if (sources !== undefined) return around.every((page) => sources.some((source) => allows(source, { page, origin })))
  const option = String(headers['x-frame-options'] ?? '').toLowerCase()
  if (option === 'deny') return false
  return option !== 'sameorigin' || around.every((page) => new URL(page).origin === origin)
}

function frameAncestors(policy: string | string[] | undefined): readonly string[] | undefined {
  const directives = String(policy ?? '')
    .split(/[;,]/)
    .map((directive) => directive.trim().split(/\s+/))
  return directives.find(([name]) => name?.toLowerCase() === 'frame-ancestors')?.slice(1)
}

function allows(source: string, { page, origin }: { page: string; origin: string }): boolean {
  const around = new URL(page)
  if (source === '*') return true
  if (source === "'self'") return around.origin === origin
  if (source.endsWith(':')) return around.protocol === source
  return URL.canParse(source) && new URL(source).origin === around.origin
}
