/** One thing in which a text may differ from what was expected; undefined when that alone does not make the two the same. */
export type Difference = (expected: string, actual: string) => string | undefined
