import { ensureBuild } from './build.mjs'
import { ensureDependencies } from './dependencies.mjs'
import { repository, runMain } from './repository.mjs'

await runMain(async () => {
  ensureDependencies()
  ensureBuild()
  const { sabotage } = await import('../../dist/scenarios/sabotage/main.js')
  const stopped = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stopped.abort())
  process.exitCode = await sabotage(process.argv.slice(2), { repository, print: console.log, stop: stopped.signal })
})
