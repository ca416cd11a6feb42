import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { HttpGetOptions } from '#server/http-get'
import { authoritiesBeside } from '../keys/trusted-authorities.ts'
import type { Cli } from './cli.ts'
import { extraAuthorities } from './extra-authorities.ts'

/** Whom a command trusts at an https address: the authority of this user's `--tls`, beside those whom the machine trusts. Undefined where there is none. */
export function ourAuthority({
  keysCache,
  environment,
}: Pick<Cli, 'keysCache' | 'environment'>): HttpGetOptions['tls'] {
  const file = join(keysCache ?? '', 'ca.crt')
  return keysCache !== undefined && existsSync(file)
    ? { ca: authoritiesBeside(readFileSync(file, 'utf8'), extraAuthorities(environment)) }
    : undefined
}
