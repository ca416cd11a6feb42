import { rebuild } from './build.mjs'
import { runMain } from './repository.mjs'

await runMain(rebuild)
