import { posix } from 'node:path'

/** A source file as the boundary rules see it. Paths are relative to the repository. */
export interface SourceFile {
  readonly path: string
  /** What it imports, as values or as types: a path for a file of ours, else the package name (`node:` included). */
  readonly imports: readonly string[]
  /** The part of those that is loaded before the file itself runs: neither types nor what is imported on demand. */
  readonly loads: readonly string[]
  /** The text without comments and with empty quotes, so that prose is never mistaken for code. */
  readonly code: string
}

const comment = String.raw`/\*[^*]*(?:\*(?!/)[^*]*)*\*/|//[^\n]*`
const quoted = String.raw`'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"`
const template = '`(?:\\\\.|[^`\\\\])*`'
const commentOrText = new RegExp([comment, quoted, template].join('|'), 'g')

/** Each `'0'` stands for a quoted text, so that nothing inside quotes can look like an import. */
const importPatterns = [
  /^[ \t]*(?:import|export)\b[^'`;=]*?\bfrom\s*'(\d+)'/gm,
  /^[ \t]*import\s*'(\d+)'/gm,
  /\b(?:import|require(?:\.resolve)?)\s*\(\s*'(\d+)'/g,
]
const typesOnly = String.raw`type\b(?!\s*,)|\{\s*type\s[^,}]*(?:,\s*type\s[^,}]*)*,?\s*\}`
const loadPatterns = [
  new RegExp(String.raw`^[ \t]*(?:import|export)\s+(?!${typesOnly})[^'\`;=]*?\bfrom\s*'(\d+)'`, 'gm'),
  /^[ \t]*import\s*'(\d+)'/gm,
]
const aliases: readonly [string, string][] = [
  ['#saml/', 'core/saml/'],
  ['#server/', 'core/server/'],
]

/** Reads the imports by pattern, not by grammar: the sources are formatted, so an import statement begins a line. */
export function scanSource(path: string, text: string): SourceFile {
  const { skeleton, texts } = withoutTexts(text)
  const found = (patterns: readonly RegExp[]) => {
    const indexes = patterns.flatMap((pattern) => [...skeleton.matchAll(pattern)].map(([, index]) => Number(index)))
    return [...new Set(indexes.map((index) => resolveImport(path, texts[index] ?? '')))]
  }
  return {
    path,
    imports: found(importPatterns),
    loads: found(loadPatterns),
    code: text.replace(commentOrText, (match) => (isComment(match) ? '' : match.startsWith('`') ? match : "''")),
  }
}

function withoutTexts(text: string): { skeleton: string; texts: readonly string[] } {
  const texts: string[] = []
  const skeleton = text.replace(commentOrText, (match) => {
    if (isComment(match)) return ''
    if (match.startsWith('`')) return '``'
    return `'${texts.push(match.slice(1, -1)) - 1}'`
  })
  return { skeleton, texts }
}

function isComment(match: string): boolean {
  return match.startsWith('//') || match.startsWith('/*')
}

function resolveImport(from: string, specifier: string): string {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(from), specifier)
  for (const [alias, folder] of aliases) {
    if (specifier.startsWith(alias)) return `${folder}${specifier.slice(alias.length)}.ts`
  }
  return packageName(specifier)
}

function packageName(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
}

/** Tests, and the fixtures they share, may use what the program may not. */
export function isTest(path: string): boolean {
  return /\.(test|spec|test-support)\.tsx?$/.test(path)
}
