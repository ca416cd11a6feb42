import type { Profile } from '../../sp-emulator/index.ts'
import type { Configure } from './cli.ts'
import { flags, url } from './flags.ts'
import { given } from './given.ts'
import { runRoles } from './run-roles.ts'
import { type TlsFlags, tlsChoice } from './tls-choice.ts'

interface AppFlags extends TlsFlags {
  controlToken?: string
  journalSize?: number
  store?: string
  drainSeconds?: number
  host?: string
  appPort?: number
  publicUrl?: string
  esUrl?: string
  elasticPassword?: string
  appProfile?: Profile
  appSelector?: true
  localhost?: true
  json?: true
}

const esUrl = () => url('--es-url <url>', 'Elasticsearch (default: http://localhost:9200)', 'SLOOP_ES_URL')

export const configure: Configure = (command, cli) => {
  const { host, appPort, publicUrl, elasticPassword, appProfile, appSelector, json } = flags
  const own = [
    host,
    appPort,
    publicUrl,
    esUrl,
    elasticPassword,
    appProfile,
    appSelector,
    flags.localhost,
    flags.tls,
    flags.tlsCert,
    flags.tlsKey,
    flags.controlToken,
    flags.journalSize,
    flags.store,
    flags.drainSeconds,
    json,
  ]
  for (const flag of own) command.addOption(flag())
  command.action(async ({ publicUrl: app, localhost: everyoneAtLocalhost, json: asJson, ...rest }: AppFlags) => {
    const { said, others } = tlsChoice(rest)
    await runRoles(
      cli,
      { roles: ['app'], publicUrls: given({ app }), ...given({ everyoneAtLocalhost, ...said, ...others }) },
      asJson === true,
    )
  })
}
