import { isTest, type SourceFile } from './source-file.ts'

const exportedValue = /^export (?:async )?(?:function\*?|const|class) (\w+)/gm
const passedOn = /^export (?:type )?\{([^}]*)\} from/gm

/**
 * What a file exports, by itself or on behalf of others, and no other file that imports it says. Doors are for whoever comes from outside, and tests may offer
 * more than is taken.
 */
export function unusedExports(files: readonly SourceFile[], doors: RegExp): string[] {
  return files
    .filter(({ path }) => !isTest(path) && !doors.test(path))
    .flatMap(({ path, code }) => {
      const users = files.filter(({ imports }) => imports.includes(path))
      const isUsed = (name: string) => users.some((user) => new RegExp(`\\b${name}\\b`).test(user.code))
      return exportedNames(code)
        .filter((name) => !isUsed(name))
        .map((name) => `${path} exports ${name}: nobody else says it`)
    })
}

function exportedNames(code: string): string[] {
  const lists = [...code.matchAll(passedOn)].flatMap(([, list = '']) => list.split(','))
  const renamed = lists.map((entry) => entry.trim().split(/\s+/).at(-1) ?? '').filter((name) => name !== '')
  return [...[...code.matchAll(exportedValue)].map(([, name = '']) => name), ...renamed]
}
