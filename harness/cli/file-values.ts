import { readNamedFile } from '#server/named-file'

/** Metadata of a federation may be long. */
const maxBytes = 64 * 1024 * 1024

/**
 * `name=value` words in which `name=@file` is what the file holds, and `name=@-` what `readInput` reads.
 * @throws ConfigError naming the value whose file cannot be read
 */
export async function withFiles(words: readonly string[], readInput: () => Promise<string>): Promise<string[]> {
  return Promise.all(
    words.map(async (word) => {
      const [, setting, path] = /^([^=]+)=@(.+)$/s.exec(word) ?? []
      if (setting === undefined || path === undefined) return word
      const content = path === '-' ? await readInput() : readNamedFile({ path, setting, maxBytes, expected: 'a text' })
      return `${setting}=${content}`
    }),
  )
}
