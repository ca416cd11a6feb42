import { createLog } from '#server/logging'
import type { RoleOptions } from '../roles/role-options.ts'
import { greeting, jsonLine } from './announcement.ts'
import type { Cli } from './cli.ts'
import { given } from './given.ts'

/**
 * Starts roles, says once where they are, and stops them when the process is told to stop. What is still starting then ends
 * with the process.
 */
export async function runRoles(
  cli: Cli,
  options: Omit<RoleOptions, 'log' | 'signal' | 'environment'>,
  json: boolean,
): Promise<void> {
  const stopped = aborted(cli.stop)
  const starting = cli.startRoles({
    ...options,
    ...given({ environment: cli.environment }),
    log: createLog('sloop'),
    signal: cli.stop,
  })
  const roles = await Promise.race([starting, stopped])
  if (roles === undefined) return
  cli.print(json ? jsonLine(roles) : greeting(roles, worldOf(options)))
  await stopped
  await roles.close()
}

/** What the roles are configured by, in words. */
export function worldOf({ sloopYml, elasticsearchYml }: Pick<RoleOptions, 'sloopYml' | 'elasticsearchYml'>): string {
  const world = sloopYml === undefined ? [] : [`the world of ${sloopYml}`]
  const realms = elasticsearchYml === undefined ? [] : [`the realms of ${elasticsearchYml}`]
  return [...world, ...realms].join(' and ') || 'the default world'
}

function aborted(signal: AbortSignal): Promise<undefined> {
  if (signal.aborted) return Promise.resolve(undefined)
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(undefined), { once: true }))
}
