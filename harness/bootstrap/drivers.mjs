import { ensureBuild } from './build.mjs'
import { ensureDependencies } from './dependencies.mjs'
import { runMain } from './repository.mjs'

await runMain(async () => {
  ensureDependencies()
  ensureBuild()
  await import('../../dist/scenarios/run/main.js')
})
