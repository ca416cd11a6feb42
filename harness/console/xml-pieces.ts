/** A part of a document as a reader of it tells parts apart. */
export interface Piece {
  readonly kind: 'tag' | 'name' | 'value' | 'text' | 'other'
  readonly text: string
}

/** A line of a document as it is shown, how deep it stands, and its parts. */
export interface XmlLine {
  readonly depth: number
  readonly pieces: readonly Piece[]
}

/** A document in lines, an element each, indented by depth; an element that has only text stands in one line. What is no XML is shown as far as it goes: nothing is left out, and the time it takes is linear. */
export function xmlLines(document: string): readonly XmlLine[] {
  const lines: { depth: number; pieces: Piece[] }[] = []
  let depth = 0
  let isOpen = false
  const add = (at: number, pieces: readonly Piece[], joins: boolean) => {
    const last = lines.at(-1)
    if (joins && last !== undefined) last.pieces.push(...pieces)
    else lines.push({ depth: at, pieces: [...pieces] })
  }
  let holdsText = false
  for (const token of tokensIn(document)) {
    if (token.kind === 'text') {
      if (token.text.trim() === '') continue
      add(depth, [token], isOpen)
      holdsText = isOpen
      continue
    }
    const { text } = token
    const isEnd = text.startsWith('</')
    const isStart = !isEnd && /^<[^?!]/.test(text)
    if (isEnd) depth = Math.max(0, depth - 1)
    add(depth, piecesOf(text), isEnd && (isOpen || holdsText))
    isOpen = isStart && !text.endsWith('/>')
    if (isOpen) depth += 1
    holdsText = false
  }
  return lines
}

/** Texts, and all between `<` and `>`. */
function* tokensIn(document: string): Generator<Piece> {
  let at = 0
  while (at < document.length) {
    const start = document.indexOf('<', at)
    const end = start < 0 ? document.length : start
    if (end > at) yield { kind: 'text', text: document.slice(at, end) }
    if (start < 0) return
    at = endOfMarkup(document, start)
    yield { kind: 'other', text: document.slice(start, at) }
  }
}

/** Behind what begins here; at the end of the document when it never ends. */
function endOfMarkup(document: string, start: number): number {
  if (document.startsWith('<!--', start)) return behind(document, '-->', start)
  let quote = ''
  for (let at = start; at < document.length; at += 1) {
    const character = document[at] ?? ''
    if (quote !== '') quote = character === quote ? '' : quote
    else if (character === '"' || character === "'") quote = character
    else if (character === '>') return at + 1
  }
  return document.length
}

function behind(document: string, end: string, start: number): number {
  const at = document.indexOf(end, start)
  return at < 0 ? document.length : at + end.length
}

/** The parts of a tag: its name, and names and values of what stands in it. */
function piecesOf(markup: string): readonly Piece[] {
  if (/^<[?!]/.test(markup)) return [{ kind: 'other', text: markup }]
  const nameEnd = firstOf(markup, ' \t\r\n>', 1)
  const pieces: Piece[] = [{ kind: 'tag', text: markup.slice(0, nameEnd) }]
  let at = nameEnd
  while (at < markup.length) {
    const equals = markup.indexOf('=', at)
    const quote = equals < 0 ? '' : (markup[equals + 1] ?? '')
    const close = quote === '"' || quote === "'" ? markup.indexOf(quote, equals + 2) : -1
    if (close < 0) break
    pieces.push({ kind: 'name', text: markup.slice(at, equals + 1) })
    pieces.push({ kind: 'value', text: markup.slice(equals + 1, close + 1) })
    at = close + 1
  }
  if (at < markup.length) pieces.push({ kind: 'tag', text: markup.slice(at) })
  return pieces
}

function firstOf(text: string, characters: string, from: number): number {
  for (let at = from; at < text.length; at += 1) if (characters.includes(text[at] ?? '')) return at
  return text.length
}
