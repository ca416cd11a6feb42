import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Sabotage, sabotaged } from './sabotage.ts'

const execute = promisify(execFile)
const needed = ['core', 'idp', 'sp-emulator', 'harness', 'scenarios', 'bench', 'package.json', 'tsconfig.json']
const built = 'dist'

/** The product in a folder of its own, where it may be damaged. */
export interface ProductCopy {
  /** Its command line, as it was last built. */
  readonly program: string
  /** Does this with the sabotage built in, and mends the source afterwards. A build that fails is an error. */
  whileSabotaged<Result>(sabotage: Sabotage, act: () => Promise<Result>): Promise<Result>
  remove(): void
}

/** Copies what a build needs from the repository. Packages are those of the repository. */
export function copyProduct(repository: string, stop: AbortSignal): ProductCopy {
  const folder = mkdtempSync(join(tmpdir(), 'sloop-sabotage-'))
  for (const each of needed) cpSync(join(repository, each), join(folder, each), { recursive: true })
  symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'))
  return {
    program: join(folder, built, 'harness', 'cli', 'main.js'),
    async whileSabotaged(sabotage, act) {
      const path = join(folder, sabotage.file)
      const source = readFileSync(path, 'utf8')
      writeFileSync(path, sabotaged(source, sabotage))
      try {
        await execute(process.execPath, [join('harness', 'bundle.mjs'), built], { cwd: folder, signal: stop })
        return await act()
      } finally {
        writeFileSync(path, source)
      }
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
