import { hintFor } from '#server/suggestions'
import {
  browserKeys,
  callKeys,
  conditionsKeys,
  entryKeys,
  expectedKeys,
  type Keys,
  keysOfSteps,
  scenarioKeys,
  whereKeys,
} from './shape.ts'

export type Path = readonly (string | number)[]

/** `steps[0].kind`. */
export const dottedPath = (path: Path): string =>
  path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`))
    .join('')
    .replace(/^\./, '')

/** What is wrong with something that was to be a scenario, and where. */
export interface Mistake {
  readonly path: Path
  readonly sentence: string
}

type Check = (value: unknown, path: Path) => Mistake | undefined

/** The first mistake in what somebody wrote as a scenario: a word that nobody knows, or a part that is missing. The world in it is not looked at. */
export const findMistake: Check = (value, path) =>
  checkObject(scenarioKeys, {
    id: text,
    title: text,
    steps: listOf(checkStep),
    conditions: (given, at) => checkObject(conditionsKeys, { browser: plain(browserKeys) })(given, at),
    expected: checkObject(expectedKeys, { calls: listOf(plain(callKeys)), entries: listOf(plain(entryKeys)) }),
  })(value, path)

const checkStep: Check = (value, path) => {
  if (!isObject(value)) return wrongType('an object', value, path)
  const { kind } = value
  if (kind === undefined) return missing('kind', path)
  const word = String(kind)
  const own = (keysOfSteps as Readonly<Record<string, Keys>>)[word]
  if (own !== undefined) return plain({ kind: 'must', ...own, ...whereKeys })(value, path)
  return {
    path: [...path, 'kind'],
    sentence: `there is no step [${word}], ${hintFor(word, Object.keys(keysOfSteps))}`,
  }
}

function checkObject(keys: Keys, checks: Readonly<Record<string, Check>>): Check {
  return (value, path) => {
    if (!isObject(value)) return wrongType('an object', value, path)
    const known = Object.keys(keys)
    const stray = Object.keys(value).find((key) => !Object.hasOwn(keys, key))
    if (stray !== undefined) return { path: [...path, stray], sentence: `unknown key, ${hintFor(stray, known)}` }
    const lacked = known.find((key) => keys[key] === 'must' && value[key] === undefined)
    if (lacked !== undefined) return missing(lacked, path)
    return firstOf(Object.entries(checks), ([key, check]) =>
      value[key] === undefined ? undefined : check(value[key], [...path, key]),
    )
  }
}

const plain = (keys: Keys): Check => checkObject(keys, {})

const listOf =
  (check: Check): Check =>
  (value, path) =>
    Array.isArray(value)
      ? firstOf([...value.entries()], ([index, each]) => check(each, [...path, index]))
      : wrongType('a list', value, path)

const text: Check = (value, path) => (typeof value === 'string' ? undefined : wrongType('a text', value, path))

function firstOf<T>(all: readonly T[], find: (each: T) => Mistake | undefined): Mistake | undefined {
  for (const each of all) {
    const found = find(each)
    if (found !== undefined) return found
  }
  return undefined
}

const missing = (key: string, path: Path): Mistake => ({ path: [...path, key], sentence: 'it is missing' })

function wrongType(expected: string, value: unknown, path: Path): Mistake {
  return { path, sentence: `expected ${expected}, found ${JSON.stringify(value)?.slice(0, 60)}` }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
