#!/usr/bin/env node
import type { StartLab } from '../lab.ts'
import { endingOf } from './failure.ts'
import { createProgram } from './program.ts'

const stop = new AbortController()
process.once('SIGINT', () => stop.abort())
process.once('SIGTERM', () => stop.abort())

// Standard output belongs to what we announce; Hono's adapter tells the console when a browser goes away.
console.info = console.error

const startLab: StartLab = async (options) => (await import('../lab.ts')).startLab(options)

try {
  const print = (text: string): void => void process.stdout.write(text)
  const program = await createProgram(process.argv.slice(2), { print, stop: stop.signal, startLab })
  await program.parseAsync()
} catch (error) {
  const { code, message } = endingOf(error)
  process.stderr.write(message)
  process.exitCode = code
}

// Whatever a lab that failed or was given up left open must not keep the process alive.
process.exit()
