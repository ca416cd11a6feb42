import type { TokenMetadata } from './token-pair.ts'

/** The same text for the same keys and values in whatever order they were written; each stands behind its length, so that none runs into the next. */
export function metadataKey(metadata: TokenMetadata): string {
  const names = Object.keys(metadata).sort()
  return names.map((name) => withLength(name) + withLength(metadata[name] ?? null)).join('')
}

const withLength = (text: string | null): string => (text === null ? 'null' : `${text.length}:${text}`)
