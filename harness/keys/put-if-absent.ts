import { existsSync, linkSync, rmSync, writeFileSync } from 'node:fs'
import { newId } from '#server/ids'

/** Writes a file beside and puts it in place in one step, unless one is there: nobody ever reads half of it. Whether it was put there. @throws what the file system says */
export function putIfAbsent(path: string, text: string, mode: number): boolean {
  const beside = `${path}.${newId()}`
  try {
    writeFileSync(beside, text, { mode, flag: 'wx' })
    return linkIfAbsent(beside, path)
  } catch (error) {
    // Nobody knows the name beside it.
    throw Object.assign(error as Error, { path })
  } finally {
    if (existsSync(beside)) rmSync(beside)
  }
}

function linkIfAbsent(from: string, path: string): boolean {
  try {
    linkSync(from, path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}
