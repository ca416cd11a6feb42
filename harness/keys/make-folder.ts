import { existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'

/** Makes a folder and those above it, unless they are there. What is new can be read by `mode`. @throws what the file system says */
export function makeFolder(path: string, mode = 0o777): void {
  // Not Node's own way to do this: it never ends below /proc, which has no room for a new one (ENOENT).
  if (existsSync(path)) return
  const above = dirname(path)
  if (above !== path) makeFolder(above, mode)
  try {
    mkdirSync(path, { mode })
  } catch (cause) {
    // Another program may have made it in between.
    if (!existsSync(path)) throw cause
  }
}
