import { isAbsolute, join } from 'node:path'

/** Of another number once keys are kept in another format. */
const folder = 'keys-v1'

export interface User {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly platform: NodeJS.Platform
  readonly home: string
}

/** The folder in which the keys of all projects of a user are kept, by the custom of the platform (XDG Base Directory Specification; a relative path there is to be ignored). */
export function keysCacheOf({ env, platform, home }: User): string {
  const { XDG_CACHE_HOME: xdg = '', LOCALAPPDATA: local = '' } = env
  if (isAbsolute(xdg)) return join(xdg, 'sloop', folder)
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'sloop', folder)
  if (platform === 'win32' && local !== '') return join(local, 'sloop', folder)
  return join(home, '.cache', 'sloop', folder)
}
