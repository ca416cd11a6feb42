import { createHash } from 'node:crypto'
import type { TokenPair } from '../tokens/token-pair.ts'

/**
 * By what a pair of tokens is named where its secrets must not be: the same at all times, another for every pair of every node, and no way back to the
 * access token, which has 128 random bits.
 */
export const tokenIdOf = ({ accessToken }: Pick<TokenPair, 'accessToken'>): string =>
  createHash('sha256').update(accessToken).digest('hex').slice(0, 20)
