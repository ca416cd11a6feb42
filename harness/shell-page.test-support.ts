import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { serveProgram, startUp } from './program-here.test-support.ts'

/** Lines of a page for a shell, and what the page shows that they print; `…` in it stands for what differs each time. */
export interface Step {
  readonly code: string
  readonly shown: string
}

const endOfStep = '--- the end of a step ---'

/** The steps of every block of `sh` in a page: lines to run, then lines that begin with `# ` and are what they print. */
export function readSteps(page: string): Step[] {
  const blocks = [...page.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block = '']) => block)
  const steps = blocks.flatMap((block) => [...block.matchAll(/((?:^(?!# ).*\n)+)((?:^# .*\n)*)/gm)])
  return steps.map(([, code = '', answer = '']) => ({
    code: code.trimEnd(),
    shown: answer.trimEnd().replaceAll(/^# /gm, ''),
  }))
}

/**
 * The same steps with what they print, in the words of the page where those are right. The first starts the server that all the others ask, in one shell. The page has the usual
 * addresses, and here a free port stands for each.
 */
export async function runSteps([up, ...steps]: readonly Step[]): Promise<Step[]> {
  if (up === undefined) throw new TypeError('a page begins with the line that starts the server')
  const { idpUrl = '', esUrl = '' } = await startUp(up.code)
  const places = { 'http://idp.localhost:7070': idpUrl, 'http://localhost:9200': esUrl }
  const here = replaced(Object.entries(places))
  const there = replaced(Object.entries(places).map(([usual, real]) => [real, usual]))
  const sloop = `sloop() { printf '%s\\n' "$@" | curl -s --data-binary @- ${await serveProgram(idpUrl)}; }`
  const printed = await runShell([sloop, ...steps.map(({ code }) => `${here(code)}\necho '${endOfStep}'`)])
  const answers = there(printed).split(`${endOfStep}\n`)
  return [up, ...steps.map(({ code, shown }, index) => ({ code, shown: asShown(shown, answers[index] ?? '') }))]
}

const replaced = (pairs: readonly (readonly [string, string])[]) => (text: string) =>
  pairs.reduce((before, [from, to]) => before.replaceAll(from, to), text)

async function runShell(lines: readonly string[]): Promise<string> {
  const script = ['exec 2>&1', ...lines].join('\n')
  const { stdout } = await promisify(execFile)('sh', ['-c', script], { timeout: 30_000 })
  return stdout
}

/** What is shown where it stands for what was printed, else what was printed. */
function asShown(shown: string, printed: string): string {
  const parts = shown.split('…').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('[^"]+')}$`).test(printed.trimEnd()) ? shown : printed.trimEnd()
}
