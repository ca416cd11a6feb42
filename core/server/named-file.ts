import { readFileSync } from 'node:fs'
import { ConfigError } from './config-error.ts'

/** A file that a person named, and what a sentence about it has to say. */
export interface NamedFile {
  readonly path: string
  /** The setting that names it, such as `keysFolder`; left out where the sentence is put behind that name. */
  readonly setting?: string | undefined
  /** What should be there: `a YAML file`. */
  readonly expected: string
}

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
  try {
    return readFileSync(file.path, 'utf8')
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
