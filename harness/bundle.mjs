import { isAbsolute } from 'node:path'
import { build } from 'rolldown'

const [dir] = process.argv.slice(2)
const entries = ['harness/cli/main', 'harness/index', 'scenarios/index', 'scenarios/conformance/main', 'bench/main']

// Node loads modules one by one, which for some hundred takes as long as making the keys: ours become a few files. Packages stay packages.
await build({
  input: Object.fromEntries(entries.map((entry) => [entry, `./${entry}.ts`])),
  platform: 'node',
  external: (id) => !/^[.#]/.test(id) && !isAbsolute(id),
  resolve: { conditionNames: ['sloop-source', 'import', 'node'] },
  transform: { target: 'node20.19' },
  output: { dir, chunkFileNames: 'chunks/[name].js' },
  logLevel: 'warn',
})
