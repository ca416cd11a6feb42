import { homeOf, ownPath } from '../own-path.ts'
import { wantedPath } from '../wanted-path.ts'
import type { WebAppParts } from '../web-app-parts.ts'

/** Where a login page at `currentUrl` leads: the page of ours that its `next` names, with the part behind `#`; otherwise home (web-app-flows case 112). */
export function nextPage(currentUrl: string, { baseUrl }: Pick<WebAppParts, 'baseUrl'>): string {
  if (!URL.canParse(currentUrl, baseUrl)) return homeOf(baseUrl)
  const { searchParams, hash } = new URL(currentUrl, baseUrl)
  const next = wantedPath(searchParams.get('next') ?? homeOf(baseUrl))
  return ownPath(next.includes('#') ? next : next + hash, baseUrl)
}
