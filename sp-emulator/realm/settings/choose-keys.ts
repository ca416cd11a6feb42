import type { KeyObject } from 'node:crypto'
import { ConfigError } from '#server/config'
import type { KeySettings } from './key-settings.ts'

/** A key with its certificate, and the name by which its file knows it. */
export interface KeyEntry {
  readonly alias: string
  readonly privateKey: KeyObject
  readonly certificatePem: string
}

/**
 * The key with the alias; without one all RSA keys, of which there may be only one to sign with (spec §9).
 * @throws ConfigError in the words of a node.
 */
export function chooseKeys(
  entries: readonly KeyEntry[],
  { use, alias }: Pick<KeySettings, 'use' | 'alias'>,
  section: string,
): readonly KeyEntry[] {
  const keystore = `The configured key store for ${section}.${use}.`
  const aliasSetting = `(from setting ${section}.${use}.keystore.alias)`
  if (alias !== undefined) return [keyWithAlias(entries, alias, { keystore, aliasSetting })]
  const keys = entries.filter(isRsa)
  if (keys.length === 0) throw new ConfigError(`${keystore} does not contain any RSA key pairs`)
  if (keys.length > 1 && use === 'signing') {
    throw new ConfigError(`${keystore} has multiple keys but no alias has been specified ${aliasSetting}`)
  }
  return keys
}

function keyWithAlias(
  entries: readonly KeyEntry[],
  alias: string,
  { keystore, aliasSetting }: { keystore: string; aliasSetting: string },
): KeyEntry {
  // A PKCS#12 keystore of the JDK does not tell upper from lower case.
  const entry = entries.find((each) => each.alias.toLowerCase() === alias.toLowerCase())
  if (entry === undefined) {
    throw new ConfigError(`${keystore} does not have a key associated with alias [${alias}] ${aliasSetting}`)
  }
  if (isRsa(entry)) return entry
  const type = entry.privateKey.asymmetricKeyType?.toUpperCase()
  throw new ConfigError(
    `The key associated with alias [${alias}] ${aliasSetting} uses unsupported key algorithm type [${type}], only RSA is supported`,
  )
}

const isRsa = ({ privateKey }: KeyEntry) => privateKey.asymmetricKeyType === 'rsa'
