import { basePathOf } from '#server/base-path'

/** The home page as browsers find it. */
export const homeOf = (baseUrl: URL): string => `${basePathOf(baseUrl)}/`

/** The path and query of `url` when it is on the application's own site, otherwise the home page: a redirect to it never leaves the site. */
export function ownPath(url: string, baseUrl: URL): string {
  const home = homeOf(baseUrl)
  if (!URL.canParse(url, baseUrl)) return home
  const { origin, username, password, pathname, search, hash } = new URL(url, baseUrl)
  if (origin !== baseUrl.origin || username !== '' || password !== '' || !pathname.startsWith(home)) return home
  // A path that begins with two slashes is read as another host when it stands alone in `Location`.
  return pathname.startsWith('//') ? home : pathname + search + hash
}
