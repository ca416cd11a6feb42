import { type Credential, generateCredential } from '#saml/credentials'

/** A credential by its name: `idp`, `sp`, or `ca`, which issues certificates for TLS. */
export interface WantedCredential {
  readonly name: string
  /** Epoch milliseconds. */
  readonly now: number
}

export function makeCredential({ name, now }: WantedCredential): Promise<Credential> {
  return generateCredential(`sloop ${name}`, now, name === 'ca' ? { use: 'authority' } : {})
}
