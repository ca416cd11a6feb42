/** One line of the product, changed so that it does something wrong. */
export interface Sabotage {
  readonly id: string
  /** What the product then does, in one sentence. */
  readonly what: string
  /** The file, from the repository. */
  readonly file: string
  /** What stands there exactly once. */
  readonly from: string
  readonly to: string
  /** The story that is told first, since it is about this. */
  readonly shownBy: string
}

/** Several of one file. */
export const inFile = (file: string, sabotages: readonly Omit<Sabotage, 'file'>[]): Sabotage[] =>
  sabotages.map((each) => ({ ...each, file }))

/**
 * The source with the sabotage in it.
 * @throws Error where its `from` does not stand there exactly once
 */
export function sabotaged(source: string, { id, file, from, to }: Sabotage): string {
  const [before = '', after, ...more] = source.split(from)
  if (after === undefined) throw new Error(`sabotage ${id}: ${file} has no ${JSON.stringify(from)}`)
  if (more.length > 0) throw new Error(`sabotage ${id}: ${file} has ${JSON.stringify(from)} ${more.length + 1} times`)
  return before + to + after
}

/** What became of a sabotage. */
export interface Caught {
  readonly sabotage: Sabotage
  /** The story, or `time` where the stories came to no end; undefined where all of them held. */
  readonly by: string | undefined
  /** How the story differed. */
  readonly sentence: string
}
