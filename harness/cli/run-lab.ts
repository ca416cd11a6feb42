import { createLog } from '#server/logging'
import type { LabOptions } from '../lab.ts'
import { greeting, jsonLine } from './announcement.ts'
import type { Cli } from './cli.ts'

/**
 * Starts a lab, says once where it is, and stops it when the process is told to stop. What is still starting then ends with
 * the process.
 */
export async function runLab(cli: Cli, options: Omit<LabOptions, 'log' | 'signal'>, json: boolean): Promise<void> {
  const stopped = aborted(cli.stop)
  const starting = cli.startLab({ ...options, log: createLog('sloop'), signal: cli.stop })
  const lab = await Promise.race([starting, stopped])
  if (lab === undefined) return
  cli.print(json ? jsonLine(lab) : greeting(lab))
  await stopped
  await lab.close()
}

function aborted(signal: AbortSignal): Promise<undefined> {
  if (signal.aborted) return Promise.resolve(undefined)
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(undefined), { once: true }))
}
