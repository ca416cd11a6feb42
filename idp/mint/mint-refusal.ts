import { nearest } from '#server/suggestions'

export type MintRefusalType =
  | 'invalid'
  | 'notMade'
  | 'noEndpoint'
  | 'noSuchServiceProvider'
  | 'noSuchSession'
  | 'noSuchParticipant'

interface Facts {
  /** Where in what was wanted: `status[0]`. */
  readonly path: string
  readonly expected?: unknown
  readonly actual?: unknown
}

/** A message that cannot be minted as it is wanted. Nothing has changed. */
export class MintRefusal extends Error {
  override readonly name = 'MintRefusal'
  /** Those that begin with `noSuch` name something that is not there. */
  readonly type: MintRefusalType
  readonly path: string
  readonly expected: unknown
  readonly actual: unknown

  constructor(type: MintRefusalType, message: string, { path, expected, actual }: Facts) {
    super(message)
    this.type = type
    this.path = path
    this.expected = expected
    this.actual = actual
  }
}

interface Unknown {
  readonly path: string
  /** What it is called in a sentence. */
  readonly what: string
  readonly actual: string
  readonly known: readonly string[]
  /** They are not to stand in an error, but for one that was nearly said: what says which there are. */
  readonly listedBy?: string
}

/** There is nothing of this name: which one is nearest, else some of those there are. */
export function unknown(type: MintRefusalType, { path, what, actual: word, known, listedBy }: Unknown): MintRefusal {
  const actual = word.slice(0, longestEcho)
  const meant = nearest(actual, known)
  const some = listedBy === undefined ? known.slice(0, mostNamed) : []
  const hint = meant === undefined ? otherwise(some, listedBy) : `did you mean ${meant}?`
  return new MintRefusal(type, `${path}: there is no ${what} [${actual}], ${hint}`, {
    path,
    expected: meant ?? some,
    actual,
  })
}

function otherwise(some: readonly string[], listedBy: string | undefined): string {
  if (listedBy !== undefined) return `${listedBy} lists those there are`
  return some.length === 0 ? 'there is none' : `known are ${some.join(', ')}`
}

const longestEcho = 256
/** Of a thousand nobody wants to read. */
const mostNamed = 20
