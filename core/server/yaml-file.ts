import { createRequire } from 'node:module'
import type * as Yaml from 'yaml'
import { fileError, readNamedFile } from './named-file.ts'

const require = createRequire(import.meta.url)

/** A place in a file, both counted from 1. */
export interface Place {
  readonly line: number
  readonly column: number
}

export interface YamlDocument {
  /** Plain values; `null` for an empty file. */
  readonly value: unknown
  /** Where the value behind these keys begins, undefined when there is none. */
  placeOf(keys: readonly string[]): Place | undefined
  /** Where the last of these keys that is there stands: the key of a mapping, an item of a list. The beginning for none. */
  keyPlaceOf(keys: readonly string[]): Place
}

/**
 * The document in a YAML file as plain values; an empty file is `null`.
 *
 * @throws ConfigError naming the file, the setting that names it if that is given, and the line when the text is not YAML
 */
export function readYamlFile(path: string, setting?: string): unknown {
  return readYamlDocument(path, setting).value
}

/**
 * The document in a YAML file, read in a time that grows with its length and nothing else.
 *
 * @throws ConfigError as for its plain values
 */
export function readYamlDocument(path: string, setting?: string): YamlDocument {
  const file = { path, setting, expected: 'a YAML file' }
  const text = readNamedFile(file)
  try {
    return parseYaml(text)
  } catch (cause) {
    throw fileError(`${path} is not YAML: ${firstLine(cause)}`, file, cause)
  }
}

function firstLine(error: unknown): string {
  const [line = ''] = String((error as Error).message).split('\n')
  return line.replace(/:$/, '')
}

/**
 * The document that a text is.
 *
 * @throws Error whose first line says what is wrong and where
 */
export function parseYaml(text: string): YamlDocument {
  // The parser takes 30 ms to load, which only those who have such a file should pay.
  const yaml = require('yaml') as typeof Yaml
  checkDepth(text, yaml)
  const lines = new yaml.LineCounter()
  // The parser compares each key with every other one.
  const document = yaml.parseDocument(text, { uniqueKeys: false, lineCounter: lines, logLevel: 'error' })
  const [mistake] = document.errors
  if (mistake !== undefined) throw mistake
  const placeAt = (offset: number): Place => {
    const { line, col: column } = lines.linePos(offset)
    return { line, column }
  }
  checkKeys(document, { yaml, placeAt })
  return {
    value: document.toJS(),
    placeOf: (keys) => placeOfNode(keys, { document, yaml, placeAt }),
    keyPlaceOf: (keys) => placeOfKey(keys, { document, yaml, placeAt }),
  }
}

const greatestDepth = 100

/** The parser calls itself for each level, and has the stack for some hundreds. */
function checkDepth(text: string, { Lexer, Parser }: typeof Yaml): void {
  const parser = new Parser()
  for (const lexeme of new Lexer().lex(text)) {
    for (const _token of parser.next(lexeme));
    if (parser.stack.length > greatestDepth) throw new Error(`it is nested deeper than ${greatestDepth} levels`)
  }
}

interface Reading {
  readonly yaml: typeof Yaml
  readonly placeAt: (offset: number) => Place
}

function checkKeys(document: Yaml.Document, { yaml, placeAt }: Reading): void {
  yaml.visit(document, {
    Map: (_key, map) => {
      const keys = new Set<string>()
      for (const { key } of map.items) {
        if (!yaml.isScalar(key)) continue
        const { line, column } = placeAt(key.range?.[0] ?? 0)
        if (keys.has(String(key.value))) throw new Error(`Map keys must be unique at line ${line}, column ${column}`)
        keys.add(String(key.value))
      }
    },
  })
}

function placeOfNode(
  keys: readonly string[],
  { document, yaml, placeAt }: Reading & { readonly document: Yaml.Document },
): Place | undefined {
  let node: unknown = document.contents
  for (const wanted of keys) {
    const items = yaml.isMap(node) ? node.items : []
    node = items.find(({ key }) => yaml.isScalar(key) && String(key.value) === wanted)?.value
  }
  return yaml.isNode(node) && node.range ? placeAt(node.range[0]) : undefined
}

function placeOfKey(
  keys: readonly string[],
  { document, yaml, placeAt }: Reading & { readonly document: Yaml.Document },
): Place {
  let [node, place]: [unknown, Place] = [document.contents, { line: 1, column: 1 }]
  for (const wanted of keys) {
    const pair = yaml.isMap(node) && node.items.find(({ key }) => yaml.isScalar(key) && String(key.value) === wanted)
    const [found, next] = pair
      ? [pair.key, pair.value]
      : Array(2).fill(yaml.isSeq(node) ? node.items[Number(wanted)] : undefined)
    if (!yaml.isNode(found) || !found.range) return place
    place = placeAt(found.range[0])
    node = next
  }
  return place
}
