import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** Writes a file beside its place and moves it there, at one go: nobody finds half of it, and no signal comes in between. */
export function writeWhole(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true })
  const beside = `${path}.${process.pid}.part`
  writeFileSync(beside, content)
  renameSync(beside, path)
}
