import { ensureBuild } from './build.mjs'
import { ensureDependencies } from './dependencies.mjs'
import { runMain } from './repository.mjs'

/** npm passes no signal on through its shell; when it is gone, so is the reason to run. */
function stopWithParent() {
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM')
  }, 500)
  watch.unref()
}

await runMain(async () => {
  stopWithParent()
  ensureDependencies()
  ensureBuild()
  process.argv.splice(2, 0, 'up')
  // A second service provider, so that the first "Log out everywhere" shows something; none beside an application of one's own.
  if (!process.argv.some((word) => /^--acs(=|$)/.test(word))) process.env.SLOOP_PARTNERS ??= '1'
  await import('../../dist/harness/cli/main.js')
})
