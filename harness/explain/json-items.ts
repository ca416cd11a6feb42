/** How the reading of a list ended. */
export interface ItemsEnd {
  /** The name that the list has; undefined when there was none. */
  readonly list: string | undefined
  /** After how many octets it stopped before its end; undefined when it is whole. */
  readonly cutAt: number | undefined
  /** How many items were too large to be looked at. */
  readonly tooLarge: number
}

/** In octets. A message has 256 KiB, and is longer in base64 with escapes. */
const longestString = 1024 * 1024
const largestItem = 4 * longestString
/** How long the names are that are looked for. */
const longestName = 16

const code = { quote: 0x22, backslash: 0x5c, open: 0x7b, close: 0x7d, openList: 0x5b, closeList: 0x5d } as const

/**
 * Reads the items of the list that stands under one of `names` at the top of a JSON document, or one level below, and hands each on. Takes no more room than one
 * item may have, however long the document: a longer string is cut, a larger item passed over and counted.
 */
export function readItems(
  chunks: Iterable<Uint8Array>,
  { names, take }: { readonly names: readonly string[]; readonly take: (item: unknown) => void },
): ItemsEnd {
  const reader = new ItemReader(names, take)
  for (const chunk of chunks) if (!reader.read(chunk)) break
  return reader.end()
}

class ItemReader {
  readonly #names: readonly string[]
  readonly #take: (item: unknown) => void
  readonly #string = new StringState()
  #octets = 0
  #depth = 0
  #list: string | undefined
  #listDepth = -1
  #isBroken = false
  #tooLarge = 0
  #chunk: Uint8Array = new Uint8Array()
  /** Where in the chunk begins what is to be kept of it. */
  #start = -1
  #parts: Buffer[] = []
  #size = 0
  #isInItem = false

  constructor(names: readonly string[], take: (item: unknown) => void) {
    this.#names = names
    this.#take = take
  }

  /** Answers whether more is wanted. */
  read(chunk: Uint8Array): boolean {
    this.#chunk = chunk
    this.#start = this.#isInItem && !this.#string.isCut ? 0 : -1
    for (let at = 0; at < chunk.length && !this.#isBroken; at += 1) {
      this.#octets += 1
      const octet = chunk[at] as number
      if (this.#string.isOpen) this.#inString(octet, at)
      else this.#betweenStrings(octet, at)
    }
    this.#keepUntil(chunk.length)
    return !this.#isBroken
  }

  end(): ItemsEnd {
    const isCut = this.#isBroken || this.#depth > 0 || this.#string.isOpen
    return { list: this.#list, cutAt: isCut ? this.#octets : undefined, tooLarge: this.#tooLarge }
  }

  #inString(octet: number, at: number): void {
    const string = this.#string
    if (string.mayBeCutBefore(octet)) {
      this.#keepUntil(at)
      string.isCut = true
    }
    string.read(octet)
    if (string.isOpen || !string.isCut) return
    string.isCut = false
    if (this.#isInItem) this.#start = at
  }

  #betweenStrings(octet: number, at: number): void {
    if (octet === code.quote) this.#string.begin()
    else if (octet === code.open || octet === code.openList) this.#enter(octet, at)
    else if (octet === code.close || octet === code.closeList) this.#leave(at)
  }

  #enter(octet: number, at: number): void {
    if (octet === code.open && this.#depth === this.#listDepth) {
      this.#isInItem = true
      this.#start = at
    }
    const isList = octet === code.openList && (this.#depth === 1 || this.#depth === 2)
    this.#depth += 1
    if (this.#list !== undefined || !isList || !this.#names.includes(this.#string.name)) return
    this.#list = this.#string.name
    this.#listDepth = this.#depth
  }

  #leave(at: number): void {
    this.#depth -= 1
    if (this.#depth < this.#listDepth) this.#listDepth = -1
    if (!this.#isInItem || this.#depth !== this.#listDepth) return
    this.#keepUntil(at + 1)
    this.#isInItem = false
    this.#hand()
  }

  #keepUntil(end: number): void {
    if (this.#start === -1) return
    this.#size += end - this.#start
    if (this.#size > largestItem) this.#parts = []
    // A copy: whoever reads a file uses the chunk again.
    else this.#parts.push(Buffer.from(this.#chunk.subarray(this.#start, end)))
    this.#start = -1
  }

  #hand(): void {
    const [text, isTooLarge] = [Buffer.concat(this.#parts).toString(), this.#size > largestItem]
    this.#parts = []
    this.#size = 0
    if (isTooLarge) {
      this.#tooLarge += 1
      return
    }
    const item = parsed(text)
    this.#isBroken = item === undefined
    if (item !== undefined) this.#take(item)
  }
}

/** Where one stands in a string of a JSON document. */
class StringState {
  isOpen = false
  /** Whether what follows of it is left out. */
  isCut = false
  /** How it begins: as much of it as a name that is looked for may have. */
  name = ''
  #length = 0
  #isEscape = false
  #sinceEscape = 0

  begin(): void {
    this.isOpen = true
    this.name = ''
    this.#length = 0
    this.#sinceEscape = 0
  }

  read(octet: number): void {
    this.#length += 1
    this.#sinceEscape += 1
    if (this.#isEscape) this.#isEscape = false
    else if (octet === code.backslash) {
      this.#isEscape = true
      this.#sinceEscape = 0
    } else if (octet === code.quote) {
      this.isOpen = false
      return
    }
    if (this.#length <= longestName) this.name += String.fromCharCode(octet)
  }

  /** Whether it is too long, and neither an escape (`\u0041`) nor a character would be cut in two. */
  mayBeCutBefore(octet: number): boolean {
    return !this.isCut && this.#length >= longestString && octet < 0x80 && this.#sinceEscape > 5
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
