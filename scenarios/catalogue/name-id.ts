import { allSignedOut, callsLogout } from '../scenario/expected.ts'
import type { Scenario, World } from '../scenario/scenario.ts'
import { introduceByHand, press } from '../scenario/steps.ts'
import { accepted, acceptedInVain, changedLogoutRequest, refused } from './changed-logout-request.ts'
import { aliceSignsIn } from './logged-in.ts'

const compared = 'elasticsearch-saml §3.8'
const persistentNames: World = {
  realms: [{ name: 'saml1', settings: { nameid_format: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent' } }],
  applications: [{ name: 'app', realm: 'saml1' }],
}

/** By which NameID a LogoutRequest names the user, and what Elasticsearch makes of it. */
export const nameId: readonly Scenario[] = [
  changedLogoutRequest({
    id: 'principal/format-left-out',
    title: 'a NameID without the Format of the login is another one: nothing ends, and the answer is Success',
    clauses: [compared, 'logout-bugs scenario 37'],
    bugs: ['C9'],
    change: { nameId: { format: 'omit' } },
    expected: acceptedInVain,
  }),
  changedLogoutRequest({
    id: 'principal/other-format',
    title: 'the same name with another Format is another NameID: nothing ends, and the answer is Success',
    clauses: [compared, 'logout-bugs scenario 37'],
    bugs: ['C10'],
    change: { nameId: { format: 'alter' } },
    expected: acceptedInVain,
  }),
  changedLogoutRequest({
    id: 'principal/name-qualifier-left-out',
    title: 'a NameID without the NameQualifier of the login is another one: nothing ends, and the answer is Success',
    clauses: ['saml-core-2.0 §8.3.7', compared, 'logout-bugs scenario 38'],
    bugs: ['C7', 'C17'],
    given: persistentNames,
    change: { nameId: { nameQualifier: 'omit' } },
    expected: acceptedInVain,
  }),
  changedLogoutRequest({
    id: 'principal/sp-name-qualifier-changed',
    title:
      'a NameID with another SPNameQualifier than at the login is another one: nothing ends, and the answer is Success',
    clauses: [compared, 'logout-bugs scenario 38'],
    bugs: ['C8', 'C17'],
    change: { nameId: { spNameQualifier: { value: 'urn:somebody' } } },
    expected: acceptedInVain,
  }),
  changedLogoutRequest({
    id: 'principal/other-name',
    title: 'the name of somebody who is not signed in ends nothing, and the answer is Success',
    clauses: [compared],
    bugs: ['C6', 'C16'],
    change: { nameId: { value: 'alter' } },
    expected: acceptedInVain,
  }),
  changedLogoutRequest({
    id: 'principal/no-name',
    title: 'a LogoutRequest that names nobody is refused',
    clauses: ['saml-core-2.0 §3.7.1'],
    bugs: ['C12'],
    change: { nameId: 'none' },
    expected: refused('SAML_SCHEMA'),
  }),
  changedLogoutRequest({
    id: 'principal/base-id',
    title: 'a BaseID in the place of the NameID is refused, since nobody here can read it',
    clauses: ['saml-core-2.0 §2.2.1'],
    bugs: ['C12'],
    change: { nameId: 'base' },
    expected: refused('SAML_SCHEMA'),
  }),
  changedLogoutRequest({
    id: 'principal/encrypted-name',
    title: 'an EncryptedID is decrypted where the realm has a key for it',
    clauses: ['saml-core-2.0 §2.2.4', 'elasticsearch-saml §3.7', 'logout-bugs scenario 39'],
    bugs: ['C11'],
    given: { realms: [{ name: 'saml1', encryption: true }], applications: [{ name: 'app', realm: 'saml1' }] },
    change: { nameId: 'encrypted' },
    expected: accepted,
  }),
  changedLogoutRequest({
    id: 'principal/encrypted-name-without-a-key',
    title: 'an EncryptedID is refused where the realm has no key',
    clauses: ['elasticsearch-saml §3.7', 'logout-bugs scenario 39'],
    bugs: ['C11'],
    before: [introduceByHand('app', { encrypts: true })],
    change: { nameId: 'encrypted' },
    expected: refused('SAML_ENCRYPTED'),
  }),
  {
    id: 'principal/persistent-name',
    title: 'an application that logs out a persistent name repeats both of its qualifiers',
    clauses: ['saml-core-2.0 §8.3.7', 'elasticsearch-saml §4'],
    bugs: ['C7', 'C8'],
    given: persistentNames,
    steps: [...aliceSignsIn, press('Log out')],
    expected: { claim: 'You are logged out', calls: [callsLogout], proven: allSignedOut },
  },
]
