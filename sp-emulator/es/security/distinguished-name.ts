const rdn = /^\s*([A-Za-z][\w.-]*)\s*=\s*((?:\\.|[^,\\=])*?)\s*$/

/** A distinguished name in the one form in which two spellings of it are equal; undefined for text that is none (RFC 4514 §2). */
export function normaliseDn(text: string): string | undefined {
  const parts = text.match(/(?:\\.|[^,\\])+/g) ?? []
  const normalised = parts.map((part) => {
    const [, type, value] = rdn.exec(part) ?? []
    return type === undefined || value === undefined ? undefined : `${type}=${value}`.toLowerCase()
  })
  return normalised.length === 0 || normalised.includes(undefined) ? undefined : normalised.join(',')
}
