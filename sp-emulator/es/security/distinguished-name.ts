/** A distinguished name in the one form in which two spellings of it are equal; undefined for text that is none (RFC 4514 §2). */
export function normaliseDn(text: string): string | undefined {
  const parts = text.match(/(?:\\.|[^,\\])+/g) ?? []
  const normalised = parts.map(normaliseRdn)
  return normalised.length === 0 || normalised.includes(undefined) ? undefined : normalised.join(',')
}

function normaliseRdn(part: string): string | undefined {
  const equals = part.indexOf('=')
  const type = part.slice(0, Math.max(equals, 0)).trim()
  const value = part.slice(equals + 1)
  if (!/^[A-Za-z][\w.-]*$/.test(type) || value.replace(/\\./g, '').includes('=')) return undefined
  return `${type}=${withoutOuterBlanks(value)}`.toLowerCase()
}

// A blank that is escaped counts: one with an odd number of backslashes before it.
function withoutOuterBlanks(value: string): string {
  const { length } = value.trimEnd()
  let start = length
  while (value[start - 1] === '\\') start -= 1
  return value.slice(0, length + ((length - start) % 2)).trimStart()
}
