import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
let loaded: typeof import('fastest-levenshtein') | undefined

/** The edits between two words; what counts them is loaded with the first wrong word. */
function distance(a: string, b: string): number {
  loaded ??= require('fastest-levenshtein') as typeof import('fastest-levenshtein')
  return loaded.distance(a, b)
}

/** Lucene's normalised Levenshtein similarity, as Elasticsearch uses it: 1 is equal, 0 has nothing in common. */
function similarity(a: string, b: string): number {
  return 1 - distance(a, b) / Math.max(a.length, b.length, 1)
}

/** The known words that Elasticsearch would offer as "did you mean": similarity above 0.5, best first, equals in alphabetical order. */
export function similarOnes(word: string, known: readonly string[]): string[] {
  return known
    .map((candidate) => ({ candidate, score: similarity(word, candidate) }))
    .filter(({ score }) => score > 0.5)
    .sort((a, b) => b.score - a.score || (a.candidate < b.candidate ? -1 : 1))
    .map(({ candidate }) => candidate)
}

/** The one known word that was most likely meant, if any comes close. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  // Letters that changed places count twice in the distance of Levenshtein: too far for a short word.
  return similarOnes(word, known)[0] ?? known.find((name) => lettersOf(name) === lettersOf(word))
}

/** The end of a sentence about a word that nobody knows: the one that was meant, else all there are. */
export function hintFor(word: string, known: readonly string[]): string {
  const meant = nearest(word, known)
  return meant === undefined ? `known are ${known.join(', ')}` : `did you mean ${meant}?`
}

const lettersOf = (word: string): string => [...word].sort().join('')
