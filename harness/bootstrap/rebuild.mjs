import { rebuild } from './build.mjs'
import { ensureDependencies } from './dependencies.mjs'
import { runMain } from './repository.mjs'

await runMain(() => {
  ensureDependencies()
  rebuild()
})
