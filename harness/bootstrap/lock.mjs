import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { repository } from './repository.mjs'

// Not in node_modules, which an installation begins by removing.
const lock = join(repository, '.sloop-lock')
const longestWorkMs = 600_000

/** Does `work` while no other program prepares this checkout. The lock of a program that is gone, as after Ctrl-C, holds nobody up. */
export function whileOthersWait(work) {
  let told = false
  for (let owner = take(); owner !== undefined; owner = take()) {
    if (!told) process.stderr.write(`sloop: waiting for process ${owner}, which prepares this checkout\n`)
    told = true
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100)
  }
  try {
    work()
  } finally {
    rmSync(lock, { force: true })
  }
}

/** The process that has the lock; undefined once it is ours. */
function take() {
  while (!create()) {
    const owner = livingOwner()
    if (owner !== undefined) return owner
    rmSync(lock, { force: true })
  }
  return undefined
}

function create() {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    return false
  }
}

function livingOwner() {
  try {
    const owner = Number(readFileSync(lock, 'utf8'))
    const age = Date.now() - statSync(lock).mtimeMs
    // Throws when there is no such process. After so long, its number belongs to another one.
    return process.kill(owner, 0) && age < longestWorkMs ? owner : undefined
  } catch {
    return undefined
  }
}
