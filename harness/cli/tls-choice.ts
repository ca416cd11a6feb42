import { ConfigError } from '#server/config-error'
import type { TlsChoice } from '../keys/tls.ts'
import type { RoleOptions } from '../roles/role-options.ts'

export interface TlsFlags {
  tls?: true
  tlsCert?: string
  tlsKey?: string
}

/** What `--tls`, `--tls-cert` and `--tls-key` say, and the other flags. @throws ConfigError when one of the two files is missing */
export function tlsChoice<Flags extends TlsFlags>({ tls, tlsCert, tlsKey, ...others }: Flags) {
  const choice = chosen(tlsCert, tlsKey) ?? (tls === undefined ? undefined : 'own authority')
  const said: Pick<RoleOptions, 'tls'> = choice === undefined ? {} : { tls: choice }
  return { said, others }
}

function chosen(certificate: string | undefined, privateKey: string | undefined): TlsChoice | undefined {
  if (certificate === undefined && privateKey === undefined) return undefined
  if (certificate === undefined) throw new ConfigError('--tls-key: needs --tls-cert beside it')
  if (privateKey === undefined) throw new ConfigError('--tls-cert: needs --tls-key beside it')
  return { certificate, privateKey }
}
