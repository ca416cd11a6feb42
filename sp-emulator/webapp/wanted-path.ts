/** The two parameters that an application adds to an address on the way to a login, as Kibana names them (web-app-flows §1.1). */
const hintName = 'auth_provider_hint'
const hashName = 'auth_url_hash'

/** The page that saves the part of an address behind `#`, which no server sees, and then comes back to `path` with it. */
export function captureUrlPath(path: string, provider: string): string {
  const next = withParameter(path, hintName, provider)
  return `/internal/security/capture-url?next=${encodeURIComponent(next)}`
}

/** Where the capture page goes on to, up to the value that only its script knows. */
export function capturedPath(path: string): string {
  return withParameter(path, hashName, '')
}

/** The login page, to go on to `path` afterwards. A hint about the provider is kept (web-app-flows case 41). */
export function loginPath(path: string): string {
  const hint = providerHint(path)
  const hinted = hint === undefined ? '' : `&${hintName}=${encodeURIComponent(hint)}`
  return `/login?next=${encodeURIComponent(path)}${hinted}`
}

/** Claims that the part behind `#` has been looked for, whether or not there was one. */
export const hasSavedHash = (path: string): boolean => parametersOf(path).has(hashName)

/** The provider that an address asks for. */
export const providerHint = (path: string): string | undefined => parametersOf(path).get(hintName) ?? undefined

/** The address that the user wanted: without our two parameters, with the saved part behind `#`. The rest keeps its spelling. */
export function wantedPath(path: string): string {
  const [beforeHash = '', ownHash] = splitOnce(path, '#')
  const [page = '', query = ''] = splitOnce(beforeHash, '?')
  const kept = query.split('&').filter((pair) => pair !== '' && !isOurs(pair))
  const saved = parametersOf(path).get(hashName) ?? ''
  const hash = saved.startsWith('#') ? saved : ownHash === undefined ? '' : `#${ownHash}`
  return page + (kept.length === 0 ? '' : `?${kept.join('&')}`) + hash
}

function isOurs(pair: string): boolean {
  return [hintName, hashName].includes(splitOnce(pair, '=')[0] ?? '')
}

function withParameter(path: string, name: string, value: string): string {
  const [beforeHash = ''] = splitOnce(path, '#')
  return `${beforeHash}${beforeHash.includes('?') ? '&' : '?'}${name}=${encodeURIComponent(value)}`
}

function parametersOf(path: string): URLSearchParams {
  const [beforeHash = ''] = splitOnce(path, '#')
  return new URLSearchParams(splitOnce(beforeHash, '?')[1] ?? '')
}

function splitOnce(text: string, separator: string): readonly string[] {
  const at = text.indexOf(separator)
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + 1)]
}
