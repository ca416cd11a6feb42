import { isDeepStrictEqual } from 'node:util'

/** What arrived is not what a node of this version answers. */
export class Drift extends Error {
  override readonly name = 'Drift'
  readonly expected: string
  readonly arrived: string

  constructor(what: string, expected: unknown, arrived: unknown) {
    const [wanted, found] = [show(expected), show(arrived)]
    super(`${what}: expected ${wanted}, arrived ${found}`)
    this.expected = `${what}: ${wanted}`
    this.arrived = found
  }
}

const longest = 400

function show(value: unknown): string {
  const text = value instanceof RegExp ? String(value) : (JSON.stringify(value) ?? 'nothing')
  return text.length > longest ? `${text.slice(0, longest)}…` : text
}

/** @throws Drift unless both are equal to the depth. */
export function expectSame(what: string, arrived: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(arrived, expected)) throw new Drift(what, expected, arrived)
}

export function expectDifferent(what: string, arrived: unknown, other: unknown): void {
  if (isDeepStrictEqual(arrived, other)) throw new Drift(what, `anything but ${show(other)}`, arrived)
}

/** @throws Drift unless it is a text that the expression finds something in. */
export function expectMatch(what: string, arrived: unknown, expected: RegExp): void {
  if (typeof arrived !== 'string' || !expected.test(arrived)) throw new Drift(what, expected, arrived)
}

export function expectIncludes(what: string, arrived: unknown, ...parts: readonly string[]): void {
  for (const part of parts) {
    if (typeof arrived !== 'string' || !arrived.includes(part)) throw new Drift(what, `a text with ${part}`, arrived)
  }
}
