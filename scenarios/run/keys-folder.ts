import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeFolder } from '../../harness/keys/make-folder.ts'

/** Where all worlds of a run keep their keys, since making them takes longer than telling a scenario. */
export interface KeysFolder {
  readonly path: string
  close(): void
}

/** A folder in a cache; one for this run alone where nothing can be kept there. */
export function openKeysFolder(cache: string | undefined): KeysFolder {
  const kept = cache === undefined ? undefined : folderIn(cache)
  if (kept !== undefined) return { path: kept, close: () => undefined }
  const path = mkdtempSync(join(tmpdir(), 'sloop-run-'))
  return { path, close: () => rmSync(path, { recursive: true, force: true }) }
}

function folderIn(cache: string): string | undefined {
  const path = join(cache, 'scenarios')
  try {
    makeFolder(path, 0o700)
    accessSync(path, constants.W_OK)
    return path
  } catch {
    return undefined
  }
}
