import { createRequire } from 'node:module'
import type * as Jsonc from 'jsonc-parser'
import { ConfigError } from '#server/config-error'
import { readNamedFile } from '#server/named-file'
import { nearest } from '#server/suggestions'
import { scenarioOfJournal } from '../../harness/index.ts'
import { dottedPath, findMistake, type Mistake, type Path } from '../scenario/find-mistake.ts'
import type { Scenario } from '../scenario/scenario.ts'
import type { Bundle } from './write-bundle.ts'

/** More than the journal of a lab can hold. */
const maxBytes = 256 * 1024 * 1024

/**
 * The scenario in the file of a bundle, else the messages in its journal as one.
 * @throws ConfigError that names the file, the line and the nearest word where it is none
 */
export async function readBundle(path: string): Promise<Scenario> {
  const text = readNamedFile({ path, setting: '--bundle', expected: 'the file of a sloop-bundle', maxBytes })
  const bundle = parse(path, text)
  const mistake = mistakeIn(bundle) ?? (await mistakeInWorld(bundle))
  if (mistake !== undefined) throw wrong(path, text, mistake)
  return bundle.scenario ?? scenarioOfJournal(bundle)
}

/** @throws ConfigError */
function parse(path: string, text: string): Bundle {
  try {
    return JSON.parse(text) as Bundle
  } catch (cause) {
    const { parseTree, printParseErrorCode } = jsonc()
    const errors: Jsonc.ParseError[] = []
    parseTree(text, errors)
    const [{ offset, error } = { offset: 0, error: 0 }] = errors
    throw new ConfigError(`--bundle: ${path}:${placeAt(text, offset)}: no JSON, ${printParseErrorCode(error)}`, {
      cause,
    })
  }
}

function mistakeIn(bundle: unknown): Mistake | undefined {
  if (typeof bundle !== 'object' || bundle === null || Array.isArray(bundle)) {
    return { path: [], sentence: 'expected a sloop-bundle, which is an object' }
  }
  const { format, formatVersion, scenario } = bundle as Partial<Bundle>
  if (format === undefined) return withoutFormat(bundle)
  if (format !== 'sloop-bundle') {
    return { path: ['format'], sentence: `expected sloop-bundle, found ${JSON.stringify(format)}` }
  }
  if (formatVersion !== 1) return { path: ['formatVersion'], sentence: `expected 1, found ${formatVersion}` }
  return scenario === undefined ? undefined : findMistake(scenario, ['scenario'])
}

/** The key that was meant may stand there, misspelt. */
function withoutFormat(bundle: object): Mistake {
  const meant = nearest('format', Object.keys(bundle))
  if (meant === undefined) return { path: [], sentence: 'expected a sloop-bundle, found no format in it' }
  return { path: [meant], sentence: 'expected a sloop-bundle, found no format in it; did you mean format?' }
}

/** The schema of worlds takes its time to load. */
async function mistakeInWorld({ scenario }: Bundle): Promise<Mistake | undefined> {
  if (scenario?.given === undefined) return undefined
  const { readWorld } = await import('../../harness/world/read-world.ts')
  try {
    readWorld(scenario.given)
    return undefined
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    const [dotted = ''] = /^[\w.[\]-]+(?=: )/.exec(error.message) ?? []
    const sentence = dotted === '' ? error.message : error.message.slice(dotted.length + 2)
    return { path: ['scenario', 'given', ...keysIn(dotted)], sentence }
  }
}

const keysIn = (dotted: string): Path =>
  dotted
    .split(/[.[\]]+/)
    .filter((key) => key !== '')
    .map((key) => (/^\d+$/.test(key) ? Number(key) : key))

function wrong(file: string, text: string, { path, sentence }: Mistake): ConfigError {
  const where = path.length === 0 ? '' : `${dottedPath(path)}: `
  return new ConfigError(`--bundle: ${file}:${placeAt(text, offsetOf(text, path))}: ${where}${sentence}`)
}

/** Where the last part of a path that is there stands: the key of an object, an item of a list. */
function offsetOf(text: string, path: Path): number {
  const { parseTree, findNodeAtLocation } = jsonc()
  const root = parseTree(text)
  if (root === undefined) return 0
  for (let length = path.length; length > 0; length -= 1) {
    const node = findNodeAtLocation(root, path.slice(0, length))
    if (node !== undefined) return node.parent?.type === 'property' ? node.parent.offset : node.offset
  }
  return root.offset
}

/** Line and column, counted from 1. */
function placeAt(text: string, offset: number): string {
  const before = text.slice(0, offset).split('\n')
  return `${before.length}:${(before.at(-1)?.length ?? 0) + 1}`
}

const require = createRequire(import.meta.url)

/** Loaded with the first mistake. */
const jsonc = (): typeof Jsonc => require('jsonc-parser') as typeof Jsonc
