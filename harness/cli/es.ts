import type { Configure } from './cli.ts'
import { flags, url } from './flags.ts'
import { given } from './given.ts'
import { keyPlace } from './key-place.ts'
import { runRoles } from './run-roles.ts'
import { type TlsFlags, tlsChoice } from './tls-choice.ts'

interface EsFlags extends TlsFlags {
  controlToken?: string
  journalSize?: number
  store?: string
  drainSeconds?: number
  config?: string
  host?: string
  esPort?: number
  publicUrl?: string
  idpUrl?: string
  appUrl?: string
  keys?: string
  esVersion?: string
  elasticPassword?: string
  localhost?: true
  json?: true
}

const appUrl = () =>
  url('--app-url <url>', 'the application that the realm serves (default: http://app.localhost:5601)', 'SLOOP_APP_URL')

export const configure: Configure = (command, cli) => {
  const { elasticsearchYml, host, esPort, publicUrl, esVersion, elasticPassword, json } = flags
  const own = [
    elasticsearchYml,
    host,
    esPort,
    publicUrl,
    flags.idpUrl,
    appUrl,
    flags.keys,
    esVersion,
    elasticPassword,
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
  command.action(
    async ({
      config,
      publicUrl: es,
      idpUrl: idpMetadataUrl,
      appUrl: app,
      keys,
      localhost,
      json: asJson,
      ...rest
    }: EsFlags) => {
      const { said, others } = tlsChoice(rest)
      const options = given({
        everyoneAtLocalhost: localhost,
        elasticsearchYml: config,
        idpMetadataUrl,
        ...keyPlace(keys, cli.keysCache),
        ...said,
        ...others,
      })
      await runRoles(cli, { roles: ['es'], publicUrls: given({ es, app }), ...options }, asJson === true)
    },
  )
}
