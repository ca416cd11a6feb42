import { execFile } from 'node:child_process'

/** How long all stories may take; one that never ends is told by nobody. */
const mostMs = 300_000

/** The first story that did not hold, and how; undefined where all held. */
export type Fallen = { readonly id: string; readonly difference: string } | undefined

interface Told {
  readonly results: readonly {
    readonly id: string
    readonly outcome: string
    readonly differences: readonly string[]
  }[]
}

/**
 * Has a program tell its stories over HTTP until one does not hold.
 * @throws Error where it tells none, or is stopped
 */
export function tellStories(program: string, only: readonly string[], stop: AbortSignal): Promise<Fallen> {
  const args = [program, 'run', '--bail', '--reporter', 'json', ...only]
  const limits = { timeout: mostMs, killSignal: 'SIGKILL', maxBuffer: 2 ** 26, signal: stop } as const
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, limits, (error, stdout, stderr) => {
      if (stop.aborted) reject(stop.reason)
      else if (error?.killed) resolve({ id: 'time', difference: `the stories had not ended after ${mostMs / 1000} s` })
      else if (!stdout.startsWith('{')) reject(new Error(`no story was told: ${stderr}`))
      else resolve(fallenOf(JSON.parse(stdout)))
    })
  })
}

function fallenOf({ results }: Told): Fallen {
  const fallen = results.find(({ outcome }) => outcome === 'differs')
  if (fallen === undefined) return undefined
  // What the last page says is long, and has addresses in it that are others each time.
  const short = fallen.differences.find((each) => !each.startsWith('the last page'))
  return { id: fallen.id, difference: short ?? 'the last page says something else' }
}
