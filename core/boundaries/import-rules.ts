import { isTest, type SourceFile } from './source-file.ts'

/** One rule about who may know whom. `because` ends the message of whoever breaks it. */
export type Rule = { readonly because: string; readonly exceptTests?: boolean } & (
  | { readonly filesIn: string; readonly importOnly: readonly string[] }
  | { readonly filesIn: string; readonly neverImport: readonly string[] }
  | { readonly folder: string; readonly onlyThrough: readonly string[] }
  | { readonly imported: readonly string[]; readonly onlyBy: RegExp }
  | { readonly written: RegExp; readonly onlyIn: RegExp }
)

/** One sentence per forbidden thing that the file does. */
export function brokenRules(file: SourceFile, rules: readonly Rule[]): string[] {
  return rules
    .filter((rule) => !(rule.exceptTests === true && isTest(file.path)))
    .flatMap((rule) => offences(file, rule).map((offence) => `${file.path} ${offence}: ${rule.because}`))
}

function offences(file: SourceFile, rule: Rule): string[] {
  if ('written' in rule) {
    const written = rule.onlyIn.test(file.path) ? null : rule.written.exec(file.code)
    return written === null ? [] : [`says ${written[0]}`]
  }
  return file.imports.filter((target) => isForbidden(file.path, target, rule)).map((target) => `imports ${target}`)
}

function isForbidden(from: string, target: string, rule: Exclude<Rule, { written: RegExp }>): boolean {
  if ('importOnly' in rule)
    return isWithin(from, rule.filesIn) && isOurs(target) && !isWithinAny(target, rule.importOnly)
  if ('neverImport' in rule) return isWithin(from, rule.filesIn) && isWithinAny(target, rule.neverImport)
  if ('onlyThrough' in rule)
    return !isWithin(from, rule.folder) && isWithin(target, rule.folder) && !rule.onlyThrough.includes(target)
  return isWithinAny(target, rule.imported) && !rule.onlyBy.test(from)
}

/** Packages that not exactly one file besides tests imports, although each has a single door. */
export function sharedPackages(files: readonly SourceFile[], packages: readonly string[]): string[] {
  return packages.flatMap((name) => {
    const users = files.filter((file) => file.imports.includes(name) && !isTest(file.path)).map((file) => file.path)
    return users.length === 1 ? [] : [`${name} is imported by ${users.join(' and ') || 'nobody'}: it has one door`]
  })
}

/** Imports of files that do not exist. A rule about a path that cannot be found would never fail. */
export function unresolvedImports(files: readonly SourceFile[], exists: (path: string) => boolean): string[] {
  return files.flatMap((file) =>
    file.imports
      .filter((target) => isOurs(target) && !exists(target))
      .map((target) => `${file.path} imports ${target}: there is no such file`),
  )
}

function isOurs(target: string): boolean {
  return /\.(tsx?|m?js|json)$/.test(target)
}

function isWithinAny(path: string, folders: readonly string[]): boolean {
  return folders.some((folder) => isWithin(path, folder))
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`)
}
