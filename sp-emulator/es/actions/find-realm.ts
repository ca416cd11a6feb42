import { SamlError } from '#saml/errors'
import type { SamlRealm } from '../../realm/saml-realm.ts'

export interface RealmSelection {
  readonly realm: string | undefined
  readonly acs?: string | undefined
}

const hasText = (text: string | undefined): text is string => text !== undefined && text.trim() !== ''

/**
 * The one realm that fits the selection, character by character; with neither a name nor an ACS every realm fits (spec §2).
 * `subject` ends the sentence of the refusal.
 */
export function findRealm(realms: readonly SamlRealm[], { realm, acs }: RealmSelection, subject: string): SamlRealm {
  const fitting = realms
    .filter((candidate) => !hasText(realm) || candidate.name === realm)
    .filter((candidate) => !hasText(acs) || candidate.acsUrl === acs)
  const [first, ...others] = fitting
  const facts = { realm, acs }
  if (first === undefined) throw new SamlError('SAML_REALM', `Cannot find any matching realm ${subject}`, facts)
  if (others.length === 0) return first
  const names = fitting.map(({ name }) => `saml/${name}`).join(', ')
  throw new SamlError('SAML_REALM', `Found multiple matching realms [[${names}]] ${subject}`, facts)
}
