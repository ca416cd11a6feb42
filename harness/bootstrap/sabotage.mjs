import { ensureBuild } from './build.mjs'
import { ensureDependencies } from './dependencies.mjs'
import { repository, runMain, SetupError } from './repository.mjs'

await runMain(async () => {
  ensureDependencies()
  ensureBuild()
  const { sabotage } = await import('../../dist/scenarios/sabotage/main.js')
  const stopped = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stopped.abort())
  const bench = { repository, print: console.log, stop: stopped.signal }
  process.exitCode = await sabotage(process.argv.slice(2), bench).catch((error) => {
    throw new SetupError(error.message)
  })
})
