/** What a broken rule said. */
export interface Breach {
  readonly expected: unknown
  readonly actual: unknown
}

/**
 * What would have made a broken rule hold, found by trying and never guessed; undefined when nothing that was tried does. Hints stand beside the rules and
 * not in them, so that whoever only judges loads none.
 */
export type Hint<Received> = (received: Received, breach: Breach) => string | undefined

/** By the names of the rules. */
export type Hints<Received> = Readonly<Record<string, Hint<Received> | undefined>>
