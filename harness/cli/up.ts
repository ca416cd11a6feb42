import { Option } from 'commander'
import type { Profile } from '../../sp-emulator/index.ts'
import type { Configure } from './cli.ts'
import { configFiles } from './config-files.ts'
import { flags } from './flags.ts'
import { given } from './given.ts'
import { keyPlace } from './key-place.ts'
import { runRoles } from './run-roles.ts'

interface UpFlags {
  config?: string[]
  host?: string
  idpPort?: number
  esPort?: number
  appPort?: number
  keys?: string
  esVersion?: string
  elasticPassword?: string
  appProfile?: Profile
  appSelector?: true
  json?: true
}

const config = () =>
  new Option('--config <file>', 'sloop.yml or elasticsearch.yml; may be given once for each')
    .env('SLOOP_CONFIG')
    .argParser((file: string, before: string[] | undefined) => [...(before ?? []), file])

export const configure: Configure = (command, cli) => {
  const { host, idpPort, esPort, appPort, esVersion, elasticPassword, appProfile, appSelector, json } = flags
  const own = [
    config,
    host,
    idpPort,
    esPort,
    appPort,
    flags.keys,
    esVersion,
    elasticPassword,
    appProfile,
    appSelector,
    json,
  ]
  for (const flag of own) command.addOption(flag())
  command.action(async ({ config: files = [], keys, json: asJson, ...rest }: UpFlags) => {
    await runRoles(cli, given({ ...configFiles(files), ...keyPlace(keys, cli.keysCache), ...rest }), asJson === true)
  })
}
