import { ensureBuild } from './build.mjs'
import { ensureDependencies } from './dependencies.mjs'
import { runMain } from './repository.mjs'

await runMain(async () => {
  ensureDependencies()
  ensureBuild()
  process.argv.splice(2, 0, 'up')
  await import('../../dist/harness/cli/main.js')
})
