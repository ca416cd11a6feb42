import { basename } from 'node:path'
import { Option } from 'commander'
import { ConfigError } from '#server/config-error'
import type { Profile } from '../../sp-emulator/index.ts'
import type { Configure } from './cli.ts'
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

/** Which file is whose shows in its name: Elasticsearch's own is always called elasticsearch.yml. */
export function configFiles(files: readonly string[]): { elasticsearchYml?: string; sloopYml?: string } {
  const elasticsearchYml = files.filter((file) => /^elasticsearch\b.*\.ya?ml$/.test(basename(file)))
  const sloopYml = files.filter((file) => !elasticsearchYml.includes(file))
  return given({ elasticsearchYml: single(elasticsearchYml), sloopYml: single(sloopYml) })
}

function single(files: readonly string[]): string | undefined {
  if (files.length > 1) throw new ConfigError(`--config names two files of one kind: ${files.join(' and ')}`)
  return files[0]
}
