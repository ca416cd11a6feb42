import { closeSync, openSync, readSync, statSync } from 'node:fs'
import { ConfigError } from '#server/config-error'
import { readNamedFile } from '#server/named-file'
import { readCapture } from '../explain/capture.ts'
import type { Found } from '../explain/found-message.ts'
import { isJson, readPresented } from '../explain/read-presented.ts'

const chunkBytes = 256 * 1024
/** Of a file that is not read piece by piece. */
const maxBytes = 16 * 1024 * 1024

/** Of a name that a person may have mistyped. */
const longestName = 256

/** What begins so is meant itself, whatever files there are. */
const begins = /^(?:https?:|\?|SAML)/

/**
 * The messages that an argument of the command line means: standard input for `-`, itself where it begins as an address or a query does, else those in the file
 * that it names, else itself.
 * @throws ConfigError or SamlError in one sentence when there is none
 */
export async function readInput(argument: string, standardInput: () => Promise<string>): Promise<Found> {
  if (argument === '-') return readPresented(await standardInput())
  if (begins.test(argument)) return readPresented(argument)
  if (!isThere(argument)) return readText(argument)
  if (isJson(beginningOf(argument))) return readCapture(chunksOf(argument))
  return readPresented(readNamedFile({ path: argument, expected: 'a SAML message', maxBytes }))
}

/** A name of a file that is not there is no message, and is told as what it was meant to be. */
function readText(argument: string): Found {
  try {
    return readPresented(argument)
  } catch (cause) {
    if (/\s/.test(argument) || argument.length > longestName) throw cause
    throw new ConfigError(`there is no file [${argument}], and no SAML message in it as a text`, { cause })
  }
}

function isThere(path: string): boolean {
  try {
    return statSync(path) !== undefined
  } catch {
    return false
  }
}

function beginningOf(path: string): string {
  if (!statSync(path).isFile()) return ''
  const [chunk] = chunksOf(path)
  return Buffer.from(chunk ?? []).toString()
}

/** A file piece by piece, so that it may be as large as it likes. */
function* chunksOf(path: string): Generator<Uint8Array> {
  const file = openSync(path, 'r')
  try {
    const chunk = Buffer.alloc(chunkBytes)
    for (let read = readSync(file, chunk); read > 0; read = readSync(file, chunk)) yield chunk.subarray(0, read)
  } finally {
    closeSync(file)
  }
}
