import { spawnSync } from 'node:child_process'
import { findProgram, isProgram } from './programs.mjs'
import { repository, SetupError } from './repository.mjs'

const variables = ['SLOOP_CHROMIUM', 'CHROME_PATH']
/** Also the name of Debian's package. It renders as the others do, has no windows to prepare, and takes half of their time. */
export const headlessShell = 'chromium-headless-shell'
const systemNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** The browser to test with: the one named in the environment, else the system's headless shell, else Playwright's own, else the system's. */
export function findChromium(env = process.env) {
  return (
    namedChromium(env) ??
    findProgram([headlessShell], env.PATH) ??
    playwrightChromium() ??
    findProgram(systemNames, env.PATH)
  )
}

function namedChromium(env) {
  const variable = variables.find((name) => (env[name] ?? '') !== '')
  if (variable === undefined) return undefined
  if (isProgram(env[variable])) return env[variable]
  throw new SetupError(`${variable} is ${env[variable]}, which is no program`)
}

/** Asked in another process, since Playwright may have been installed only a moment ago. */
function playwrightChromium() {
  const script = "process.stdout.write(require('playwright').chromium.executablePath())"
  const { stdout } = spawnSync(process.execPath, ['--eval', script], { cwd: repository, encoding: 'utf8' })
  return isProgram(stdout) ? stdout : undefined
}
