import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { ConfigError } from './config-error.ts'

const require = createRequire(import.meta.url)
const failureReasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'permission denied',
  EISDIR: 'it is a folder',
}

/**
 * The document in a YAML file as plain values; an empty file is `null`.
 *
 * @throws ConfigError naming the file, and the line when the text is not YAML
 */
export function readYamlFile(path: string): unknown {
  // The parser takes 30 ms to load, which only those who have such a file should pay.
  const { parse } = require('yaml') as typeof import('yaml')
  try {
    return parse(readText(path), { prettyErrors: true, logLevel: 'error' })
  } catch (cause) {
    if (cause instanceof ConfigError) throw cause
    throw new ConfigError(`${path} is not YAML: ${firstLine(cause)}`, { cause })
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    const { code = '', message } = cause as NodeJS.ErrnoException
    throw new ConfigError(`cannot read ${path}: ${failureReasons[code] ?? message}`, { cause })
  }
}

function firstLine(error: unknown): string {
  const [line = ''] = String((error as Error).message).split('\n')
  return line.replace(/:$/, '')
}
