import { createLog } from '#server/logging'
import { whenAborted } from '#server/timers'
import type { RoleOptions, RunningRoles } from '../roles/role-options.ts'
import { greeting, jsonLine } from './announcement.ts'
import type { Cli } from './cli.ts'
import { extraAuthorities } from './extra-authorities.ts'
import { given } from './given.ts'

/**
 * Starts roles, says once where they are, and stops them when the process is told to stop, or when the command that was to run has ended. What is still starting then ends
 * with the process.
 */
export async function runRoles(
  cli: Cli,
  options: Omit<RoleOptions, 'log' | 'signal' | 'environment' | 'extraAuthorities'>,
  json: boolean,
): Promise<void> {
  const stopped = whenAborted(cli.stop)
  const starting = cli.startRoles({
    ...options,
    ...given({ environment: cli.environment, extraAuthorities: options.tls && extraAuthorities(cli.environment) }),
    log: createLog('sloop'),
    signal: cli.stop,
  })
  const roles = await Promise.race([starting, stopped])
  if (roles === undefined) return
  if (json) cli.print(jsonLine(roles))
  else if (cli.command === undefined) cli.print(greeting(roles, worldOf(options)))
  try {
    await (cli.command === undefined ? stopped : endWithCommand(cli, cli.command, roles))
  } finally {
    await roles.close()
  }
}

async function endWithCommand(cli: Cli, words: readonly string[], roles: RunningRoles): Promise<void> {
  const { runCommand } = await import('./run-command.ts')
  const { environment = {}, stop } = cli
  cli.endWith?.(await runCommand({ words, environment, stop }, roles))
}

/** What the roles are configured by, in words. */
export function worldOf({
  sloopYml,
  elasticsearchYml,
  ownApplication,
}: Pick<RoleOptions, 'sloopYml' | 'elasticsearchYml' | 'ownApplication'>): string {
  const own = ownApplication === undefined ? [] : [`the realm saml1 for ${ownApplication.acs}`]
  const world = sloopYml === undefined ? [] : [`the world of ${sloopYml}`]
  const realms = elasticsearchYml === undefined ? [] : [`the realms of ${elasticsearchYml}`]
  return [...own, ...world, ...realms].join(' and ') || 'the default world'
}
