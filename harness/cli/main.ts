#!/usr/bin/env node
import { homedir } from 'node:os'
import { standardError } from '#server/standard-error'
import type { StartRoles } from '../roles/role-options.ts'
import { allPrinted } from './all-printed.ts'
import { divideCommandLine } from './command-line.ts'
import { endingOf } from './failure.ts'
import { keysCacheOf } from './keys-cache.ts'
import { createProgram } from './program.ts'

/** How long the end waits for whoever reads the log; and for whoever reads what was printed, once it was told to stop. */
const flushMs = 500

const stop = new AbortController()
// More than once on purpose: a terminal and npm may both pass on the same Ctrl-C, and the second must not cut what the first lets finish.
process.on('SIGINT', () => stop.abort())
process.on('SIGTERM', () => stop.abort())

// Whoever was to read what is announced may have gone.
process.stdout.on('error', () => undefined)

// Standard output belongs to what we announce; Hono's adapter tells the console when a browser goes away.
console.info = console.error

const keysCache = keysCacheOf({ env: process.env, platform: process.platform, home: homedir() })
const startRoles: StartRoles = async (options) => (await import('../roles/roles.ts')).startRoles(options)

try {
  const print = (text: string): void => void process.stdout.write(text)
  const { own, command } = divideCommandLine(process.argv.slice(2))
  const program = await createProgram(own, {
    print,
    isTerminal: process.stdout.isTTY === true,
    readInput: async () => (await import('node:stream/consumers')).text(process.stdin),
    stop: stop.signal,
    startRoles,
    keysCache,
    environment: process.env,
    command,
    endWith: (code) => {
      process.exitCode = code
    },
  })
  await program.parseAsync(own, { from: 'user' })
} catch (error) {
  const { code, message } = endingOf(error)
  standardError.insist(message)
  process.exitCode = code
}

await allPrinted(process.stdout, { ms: flushMs, stop: stop.signal })
await standardError.flush(flushMs)

// Whatever a start that failed or was given up left open must not keep the process alive.
process.exit()
