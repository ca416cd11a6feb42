import type { Assertion } from '#saml/messages/assertion'
import type { RealmConfig } from '../realm-config.ts'
import type { SamlLogin, StatedLogin } from '../saml-realm.ts'
import { makeTokenMetadata } from './token-metadata.ts'
import { describeUser } from './user-attributes.ts'

/**
 * The login that an Assertion with these values alone would have made: its Subject has the NameID, and the attribute from which the realm takes the name of a
 * user, unless that is the NameID, has the name (spec §3.9, §6.3). Neither is looked for in the other: both are as they were said.
 */
export function stateLogin({ username, nameId, sessionIndex }: StatedLogin, config: RealmConfig): SamlLogin {
  const { principal } = config.attributes
  const isTheNameId = principal === 'nameid' || principal === 'nameid:persistent'
  const assertion: Assertion = {
    id: '',
    issueInstant: 0,
    subject: { nameId, confirmations: [] },
    authnStatements: [],
    attributes: isTheNameId ? [] : [{ name: principal, values: [username] }],
  }
  return {
    principal: { username, ...describeUser(assertion, config) },
    tokenMetadata: makeTokenMetadata(nameId, sessionIndex, config.name),
    inResponseTo: undefined,
  }
}
