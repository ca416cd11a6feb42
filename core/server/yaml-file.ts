import { createRequire } from 'node:module'
import { fileError, readNamedFile } from './named-file.ts'

const require = createRequire(import.meta.url)

/**
 * The document in a YAML file as plain values; an empty file is `null`.
 *
 * @throws ConfigError naming the file, the setting that names it if that is given, and the line when the text is not YAML
 */
export function readYamlFile(path: string, setting?: string): unknown {
  const file = { path, setting, expected: 'a YAML file' }
  const text = readNamedFile(file)
  // The parser takes 30 ms to load, which only those who have such a file should pay.
  const { parse } = require('yaml') as typeof import('yaml')
  try {
    return parse(text, { prettyErrors: true, logLevel: 'error' })
  } catch (cause) {
    throw fileError(`${path} is not YAML: ${firstLine(cause)}`, file, cause)
  }
}

function firstLine(error: unknown): string {
  const [line = ''] = String((error as Error).message).split('\n')
  return line.replace(/:$/, '')
}
