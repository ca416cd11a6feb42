import { type Credential, readCredential } from '#saml/credentials'
import { ConfigError } from '#server/config-error'
import type { SharedStore } from '#server/store/store'

interface SharedCredential {
  /** By what replicas know it. */
  readonly name: string
  /** Makes or reads the one of this process: for the first replica, and where `isNamed`. */
  readonly own: () => Promise<Credential>
  /** A person said which one it is: that another replica has another is refused. */
  readonly isNamed: boolean
}

/** The credential that the first replica had under this name; made once, by one. @throws ConfigError, StoreUnavailable */
export async function sharedCredential(
  shared: SharedStore,
  { name, own, isNamed }: SharedCredential,
): Promise<Credential> {
  const known = await shared.said(`key/${name}`)
  if (known !== undefined && !isNamed) return read(known)
  const ours = await own()
  const first = read(known ?? (await shared.first(`key/${name}`, write(ours))))
  if (!isNamed || first.certificatePem === ours.certificatePem) return first
  throw new ConfigError(
    `keysFolder: the key ${name} there is another than that of the replicas at the store ${shared.place}`,
  )
}

const write = ({ privateKeyPem, certificatePem }: Credential): string =>
  JSON.stringify({ privateKeyPem, certificatePem })

const read = (text: string): Credential =>
  readCredential(JSON.parse(text) as { readonly privateKeyPem: string; readonly certificatePem: string })
