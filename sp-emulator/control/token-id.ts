import { nameOfSecret } from '#server/name-of-secret'
import type { TokenPair } from '../tokens/token-pair.ts'

/** By what a pair of tokens is named where its secrets must not be: another for every pair of every node. */
export const tokenIdOf = ({ accessToken }: Pick<TokenPair, 'accessToken'>): string => nameOfSecret(accessToken)
