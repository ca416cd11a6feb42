import { createRequire } from 'node:module'

/** The version of this package; read when asked for, so that no start waits for it. */
export function productVersion(): string {
  const { version } = createRequire(import.meta.url)('sloop/package.json') as { version: string }
  return version
}
