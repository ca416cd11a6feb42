import { Option } from 'commander'
import { ConfigError } from '#server/config-error'
import type { Profile } from '../../sp-emulator/index.ts'
import type { OwnApplication } from '../roles/role-options.ts'
import type { Configure } from './cli.ts'
import { configFiles } from './config-files.ts'
import { flags, parseText } from './flags.ts'
import { given } from './given.ts'
import { keyPlace } from './key-place.ts'
import { runRoles } from './run-roles.ts'
import { type TlsFlags, tlsChoice } from './tls-choice.ts'

interface UpFlags extends TlsFlags {
  controlToken?: string
  labIdleSeconds?: number
  journalSize?: number
  store?: string
  drainSeconds?: number
  config?: string[]
  host?: string
  idpPort?: number
  esPort?: number
  appPort?: number
  partnerPort?: number
  partners?: number
  keys?: string
  esVersion?: string
  elasticPassword?: string
  appProfile?: Profile
  appSelector?: true
  acs?: string
  slo?: string
  entityId?: string
  localhost?: true
  publicUrl?: Readonly<Record<string, string>>
  json?: true
}

const config = () =>
  new Option('--config <file>', 'sloop.yml or elasticsearch.yml; may be given once for each')
    .env('SLOOP_CONFIG')
    .argParser((file: string, before: string[] | undefined) => [...(before ?? []), parseText(file)])

const acs = () =>
  new Option('--acs <url>', 'run no application, but a realm saml1 for yours, which takes Responses there')
const slo = () => new Option('--slo <url>', 'where your application takes logout messages')
const entityId = () =>
  new Option('--entity-id <id>', 'what your application is called (default: the origin of --acs)').argParser(parseText)

export const configure: Configure = (command, cli) => {
  const { host, idpPort, esPort, appPort, esVersion, elasticPassword, appProfile, appSelector, json } = flags
  const { keys, localhost, publicUrls, tls, tlsCert, tlsKey, partners, partnerPort } = flags
  const places = [host, idpPort, esPort, appPort, partnerPort, localhost, publicUrls, tls, tlsCert, tlsKey]
  const world = [config, acs, slo, entityId, keys, esVersion, elasticPassword, appProfile, appSelector, partners]
  for (const flag of [
    ...world,
    ...places,
    flags.controlToken,
    flags.labIdleSeconds,
    flags.journalSize,
    flags.store,
    flags.drainSeconds,
    json,
  ])
    command.addOption(flag())
  command.usage('[options] [-- command...]')
  command.action(async ({ config: files = [], json: asJson, ...flagged }: UpFlags) => {
    const { said, others } = tlsChoice(flagged)
    const { acs, slo, entityId, keys, localhost: everyoneAtLocalhost, publicUrl: publicUrls, ...rest } = others
    const own = { ownApplication: ownApplication(given({ acs, slo, entityId })), everyoneAtLocalhost, publicUrls }
    const options = given({ ...configFiles(files), ...own, ...said, ...keyPlace(keys, cli.keysCache), ...rest })
    await runRoles(cli, options, asJson === true)
  })
}

/** @throws ConfigError when the application is described without the address that it must have */
function ownApplication({ acs, slo, entityId }: Pick<UpFlags, 'acs' | 'slo' | 'entityId'>): OwnApplication | undefined {
  if (acs !== undefined) return { acs, slo, entityId }
  const lonely = slo === undefined ? entityId && '--entity-id' : '--slo'
  if (lonely !== undefined)
    throw new ConfigError(`${lonely}: describes an application of yours, and needs --acs beside it`)
  return undefined
}
