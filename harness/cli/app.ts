import type { Profile } from '../../sp-emulator/index.ts'
import type { Configure } from './cli.ts'
import { flags, url } from './flags.ts'
import { given } from './given.ts'
import { runRoles } from './run-roles.ts'

interface AppFlags {
  host?: string
  appPort?: number
  publicUrl?: string
  esUrl?: string
  elasticPassword?: string
  appProfile?: Profile
  json?: true
}

const esUrl = () => url('--es-url <url>', 'Elasticsearch (default: http://localhost:9200)', 'SLOOP_ES_URL')

export const configure: Configure = (command, cli) => {
  const { host, appPort, publicUrl, elasticPassword, appProfile, json } = flags
  for (const flag of [host, appPort, publicUrl, esUrl, elasticPassword, appProfile, json]) command.addOption(flag())
  command.action(async ({ publicUrl: app, json: asJson, ...rest }: AppFlags) => {
    await runRoles(cli, { roles: ['app'], publicUrls: given({ app }), ...given(rest) }, asJson === true)
  })
}
