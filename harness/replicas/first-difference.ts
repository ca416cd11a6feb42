/** Where two values that JSON can hold differ first, as a dotted path, and what stands there; undefined where they do not. */
export function firstDifference(one: unknown, other: unknown, path = ''): Difference | undefined {
  if (Object.is(one, other)) return undefined
  if (!isObject(one) || !isObject(other) || Array.isArray(one) !== Array.isArray(other)) return { path, one, other }
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])]
  const inner = (name: string) => (Array.isArray(one) ? `${path}[${name}]` : path === '' ? name : `${path}.${name}`)
  for (const name of names) {
    const found = firstDifference(one[name], other[name], inner(name))
    if (found !== undefined) return found
  }
  return undefined
}

export interface Difference {
  readonly path: string
  readonly one: unknown
  readonly other: unknown
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
