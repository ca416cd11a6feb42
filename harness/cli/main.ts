#!/usr/bin/env node
import { homedir } from 'node:os'
import type { StartRoles } from '../role-options.ts'
import { endingOf } from './failure.ts'
import { keysCacheOf } from './keys-cache.ts'
import { createProgram } from './program.ts'

const stop = new AbortController()
process.once('SIGINT', () => stop.abort())
process.once('SIGTERM', () => stop.abort())

// Standard output belongs to what we announce; Hono's adapter tells the console when a browser goes away.
console.info = console.error

const keysCache = keysCacheOf({ env: process.env, platform: process.platform, home: homedir() })
const startRoles: StartRoles = async (options) => (await import('../roles.ts')).startRoles(options)

try {
  const print = (text: string): void => void process.stdout.write(text)
  const program = await createProgram(process.argv.slice(2), { print, stop: stop.signal, startRoles, keysCache })
  await program.parseAsync()
} catch (error) {
  const { code, message } = endingOf(error)
  process.stderr.write(message)
  process.exitCode = code
}

// Whatever a start that failed or was given up left open must not keep the process alive.
process.exit()
