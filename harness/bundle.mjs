import { createRequire } from 'node:module'
import { isAbsolute } from 'node:path'
import { build } from 'rolldown'

const [dir] = process.argv.slice(2)
const entries = [
  ...['harness/cli/main', 'harness/index', 'scenarios/index', 'scenarios/playwright', 'scenarios/vitest'],
  ...[
    'scenarios/conformance/main',
    'scenarios/sabotage/main',
    'scenarios/run/main',
    'scenarios/run/story-thread',
    'bench/main',
  ],
]

// Those that a start loads. To import CommonJS, Node reads it three times: for what it is, for what it exports, and to run it.
const required = ['commander', 'saxes']
const require = createRequire(import.meta.url)
const requirePackages = {
  name: 'require packages',
  resolveId: (id) => (required.includes(id) ? `\0${id}` : undefined),
  load(id) {
    const name = id.slice(1)
    if (id !== `\0${name}` || !required.includes(name)) return undefined
    const names = Object.keys(require(name)).join(', ')
    return `import { createRequire } from 'node:module'\nexport const { ${names} } = createRequire(import.meta.url)('${name}')`
  },
}

// Node loads modules one by one, which for some hundred takes as long as making the keys: ours become a few files, those that a start loads one after the
// other first. What is imported on demand stays a file of its own. Packages stay packages.
await build({
  input: Object.fromEntries(entries.map((entry) => [entry, `./${entry}.ts`])),
  plugins: [requirePackages],
  platform: 'node',
  external: (id) => !/^[.#\0]/.test(id) && !isAbsolute(id) && !required.includes(id),
  resolve: { conditionNames: ['sloop-source', 'import', 'node'] },
  transform: { target: 'node20.19' },
  output: {
    dir,
    chunkFileNames: 'chunks/[name].js',
    codeSplitting: {
      groups: [
        { name: 'process', test: /core.server|harness.cli.(program|failure|flags)\.ts$/, priority: 3 },
        { name: 'roles', test: /harness.(roles.roles|cli.run-roles|cli.key-place)\.ts$/, priority: 2 },
        { name: 'running', test: /harness.roles.run-together\.ts$/, priority: 1 },
      ],
    },
  },
  logLevel: 'warn',
})
