import { isUtf8 } from 'node:buffer'
import { readFileSync, statSync } from 'node:fs'
import { ConfigError } from './config-error.ts'

/** A file that a person named, and what a sentence about it has to say. */
export interface NamedFile {
  readonly path: string
  /** The setting that names it, such as `keysFolder`; left out where the sentence is put behind that name. */
  readonly setting?: string | undefined
  /** What should be there: `a YAML file`. */
  readonly expected: string
  /** How much it may hold; that of a configuration or a key when left out. */
  readonly maxBytes?: number
}

/** The most that a configuration or a key may have, in octets. */
const usualLimit = 1024 * 1024

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is not a folder',
  EEXIST: 'it exists already',
  ELOOP: 'its links lead in a circle',
  ENAMETOOLONG: 'the name is too long',
  EROFS: 'it can only be read',
  ENOSPC: 'the disk is full',
}

/**
 * The text of a file.
 *
 * @throws ConfigError with one sentence: the setting, the file, why it cannot be read and what was expected
 */
export function readNamedFile(file: NamedFile): string {
  return orUnreadable(file, () => textOf(readOctets(file.path, file.maxBytes)))
}

/**
 * The octets of a file.
 *
 * @throws ConfigError as of its text
 */
export function readNamedOctets(file: NamedFile): Buffer {
  return orUnreadable(file, () => readOctets(file.path, file.maxBytes))
}

/**
 * The octets of an ordinary file; a device or a pipe, which may never end, is none.
 *
 * @throws Error whose `fileFailure` says why there are none, be it that they are too many
 */
export function readOctets(path: string, maxBytes = usualLimit): Buffer {
  const stats = statSync(path)
  // A folder is left to the call that reads it, which has its own words.
  if (!stats.isFile() && !stats.isDirectory()) throw new Error('it is no ordinary file')
  if (stats.size > maxBytes) throw new Error(`it has more than ${maxBytes} octets`)
  return readFileSync(path)
}

function textOf(octets: Buffer): string {
  if (!isUtf8(octets) || octets.includes(0)) throw new Error('it is not UTF-8 text')
  return new TextDecoder().decode(octets)
}

function orUnreadable<T>(file: NamedFile, read: () => T): T {
  try {
    return read()
  } catch (cause) {
    throw fileError(`cannot read ${file.path}: ${fileFailure(cause)}, expected ${file.expected}`, file, cause)
  }
}

/** What is wrong with a file, behind the setting that names it. */
export function fileError(sentence: string, { setting }: NamedFile, cause: unknown): ConfigError {
  return new ConfigError(setting === undefined ? sentence : `${setting}: ${sentence}`, { cause })
}

/** Why a call of the file system failed, in words for people. */
export function fileFailure(cause: unknown): string {
  const { code = '', message } = cause as NodeJS.ErrnoException
  return reasons[code] ?? message
}
