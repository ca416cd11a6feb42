import { Option } from 'commander'
import type { Configure } from './cli.ts'
import { flags, parseUrl } from './flags.ts'
import { given } from './given.ts'
import { keyPlace } from './key-place.ts'
import { runRoles } from './run-roles.ts'
import { type TlsFlags, tlsChoice } from './tls-choice.ts'

interface IdpFlags extends TlsFlags {
  controlToken?: string
  journalSize?: number
  store?: string
  drainSeconds?: number
  labIdleSeconds?: number
  config?: string
  host?: string
  idpPort?: number
  publicUrl?: string
  spMetadata?: string[]
  keys?: string
  localhost?: true
  json?: true
}

const spMetadata = () =>
  new Option(
    '--sp-metadata <url>',
    "a service provider's metadata; may be given several times (default: http://app.localhost:5601/api/security/saml/metadata)",
  )
    .env('SLOOP_SP_METADATA')
    .argParser((text: string, before: string[] | undefined) => [...(before ?? []), parseUrl(text)])

export const configure: Configure = (command, cli) => {
  const own = [
    flags.sloopYml,
    flags.host,
    flags.idpPort,
    flags.publicUrl,
    spMetadata,
    flags.keys,
    flags.localhost,
    flags.tls,
    flags.tlsCert,
    flags.tlsKey,
    flags.controlToken,
    flags.journalSize,
    flags.store,
    flags.drainSeconds,
    flags.labIdleSeconds,
    flags.json,
  ]
  for (const flag of own) command.addOption(flag())
  command.action(
    async ({ config, publicUrl, spMetadata: spMetadataUrls, keys, localhost, json, ...rest }: IdpFlags) => {
      const { said, others } = tlsChoice(rest)
      const options = given({
        everyoneAtLocalhost: localhost,
        sloopYml: config,
        spMetadataUrls,
        ...keyPlace(keys, cli.keysCache),
        ...said,
        ...others,
      })
      const publicUrls = given({ idp: publicUrl })
      await runRoles(cli, { roles: ['idp'], publicUrls, ...options }, json === true)
    },
  )
}
