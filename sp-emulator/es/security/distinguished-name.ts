/** A distinguished name in the one form in which two spellings of it are equal; undefined for text that is none (RFC 4514 §2). */
export function normaliseDn(text: string): string | undefined {
  const parts = text.match(/(?:\\.|[^,\\])+/g) ?? []
  const normalised = parts.map(normaliseRdn)
  return normalised.length === 0 || normalised.includes(undefined) ? undefined : normalised.join(',')
}

function normaliseRdn(part: string): string | undefined {
  const equals = part.indexOf('=')
  const type = part.slice(0, Math.max(equals, 0)).trim()
  const characters = part.slice(equals + 1).match(/\\.|[^\\]/g) ?? []
  if (!/^[A-Za-z][\w.-]*$/.test(type) || characters.includes('=')) return undefined
  return `${type}=${withoutOuterBlanks(characters)}`.toLowerCase()
}

// A blank that is escaped counts.
function withoutOuterBlanks(characters: readonly string[]): string {
  const counts = (character: string) => character.trim() !== ''
  return characters.slice(characters.findIndex(counts), characters.findLastIndex(counts) + 1).join('')
}
