/** Cookies are shared by all ports of a host: the name says whose this is. */
const nameAt = (url: string): string => {
  const { port, protocol } = new URL(url)
  return `sloop_control_${port === '' ? protocol.slice(0, -1) : port}`
}

/** The control token that a browser was given to keep, if one came with a request. */
export function tokenInCookie({ headers, url }: Request): string | undefined {
  const name = `${nameAt(url)}=`
  const found = (headers.get('cookie') ?? '').split('; ').find((pair) => pair.startsWith(name))
  if (found === undefined) return undefined
  try {
    return decodeURIComponent(found.slice(name.length))
  } catch {
    return undefined
  }
}

/** What makes a browser keep the token for the pages below a path, out of reach of scripts and of other sites (`spec/contract.md` §2). */
export function keepToken(
  { url }: Request,
  { token, path }: { readonly token: string; readonly path: string },
): string {
  const isSecure = new URL(url).protocol === 'https:'
  const value = encodeURIComponent(token)
  return `${nameAt(url)}=${value}; Path=${path}; HttpOnly; SameSite=Strict${isSecure ? '; Secure' : ''}`
}
