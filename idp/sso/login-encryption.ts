import type { AuthnRequest } from '#saml/messages/authn-request'
import { findEncryption } from '../directory/sp-encryption.ts'
import type { TrustedSp } from '../directory/trusted-sp.ts'
import type { LoginEncryption } from '../outbox/draft.ts'
import { wantsEncryptedId } from './unmet.ts'

/** What is encrypted in a login: what the world says of its service provider, and the name of the user where the request asks for that. */
export function loginEncryption(request: AuthnRequest | undefined, sp: TrustedSp): LoginEncryption | undefined {
  const isSecret = {
    NameID: sp.encrypt === 'nameId' || (request !== undefined && wantsEncryptedId(request)),
    Assertion: sp.encrypt === 'assertion',
  }
  const elements = (['NameID', 'Assertion'] as const).filter((name) => isSecret[name])
  if (elements.length === 0) return undefined
  const choice = findEncryption(sp.metadata)
  if (choice === undefined) throw new TypeError('for whom nothing can be encrypted was to be refused before')
  return { elements, choice }
}
