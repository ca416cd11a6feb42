import { Option } from 'commander'
import { type Temper, tempers } from '../../sp-emulator/index.ts'
import type { Configure } from './cli.ts'
import { flags } from './flags.ts'
import { given } from './given.ts'
import { keyPlace } from './key-place.ts'
import { runRoles } from './run-roles.ts'
import { type TlsFlags, tlsChoice } from './tls-choice.ts'

interface PartnerFlags extends TlsFlags {
  controlToken?: string
  journalSize?: number
  store?: string
  drainSeconds?: number
  host?: string
  partnerPort?: number
  publicUrl?: string
  idpUrl?: string
  temper?: Temper
  keys?: string
  localhost?: true
  json?: true
}

const temper = () =>
  new Option('--temper <temper>', 'how it answers a LogoutRequest (default: polite)')
    .choices(tempers)
    .env('SLOOP_TEMPER')

export const configure: Configure = (command, cli) => {
  const { host, partnerPort, publicUrl, idpUrl, keys, localhost, tls, tlsCert, tlsKey, json } = flags
  const own = [
    host,
    partnerPort,
    publicUrl,
    idpUrl,
    temper,
    keys,
    localhost,
    tls,
    tlsCert,
    tlsKey,
    flags.controlToken,
    flags.journalSize,
    flags.store,
    flags.drainSeconds,
    json,
  ]
  for (const flag of own) command.addOption(flag())
  command.action(async (flagged: PartnerFlags) => {
    const { said, others } = tlsChoice(flagged)
    const { publicUrl: partner, idpUrl: idpMetadataUrl, localhost: everyoneAtLocalhost, ...rest } = others
    const { keys: place, json: asJson, ...named } = rest
    const options = given({ idpMetadataUrl, everyoneAtLocalhost, ...keyPlace(place, cli.keysCache), ...said, ...named })
    await runRoles(
      cli,
      { roles: ['partner'], partners: 1, publicUrls: given({ partner }), ...options },
      asJson === true,
    )
  })
}
