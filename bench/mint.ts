import { sign } from 'node:crypto'
import { promisify } from 'node:util'
import { BINDING } from '#saml/names'
import { createIdp } from '../idp/index.ts'
import type { Contender } from './measure.ts'
import { idpUrl, logoutUrl, nameId, type Parties, spUrl } from './parties.ts'

const signOnThreadPool = promisify(sign)

/** A LogoutRequest that the IdP mints, from what is wanted to the query, and the one RSA signature in it, as the IdP makes it and on one thread. */
export function mintContenders({ idp: credential, logoutQuery }: Parties): readonly Contender[] {
  const metadata = {
    entityId: spUrl,
    keyDescriptors: [],
    singleLogoutServices: [{ binding: BINDING.redirect, location: logoutUrl }],
    nameIdFormats: [],
    assertionConsumerServices: [],
    authnRequestsSigned: false,
    wantAssertionsSigned: false,
  }
  const idp = createIdp({ baseUrl: idpUrl, credential, serviceProviders: [{ metadata }] })
  const wanted = { kind: 'LogoutRequest', to: spUrl, nameId, sessionIndex: '_session' } as const
  const octets = Buffer.from(logoutQuery.slice(0, logoutQuery.indexOf('&Signature=')))
  return [
    { name: 'minted', run: async () => idp.mint(wanted) },
    { name: 'on the thread pool', run: async () => signOnThreadPool('sha256', octets, credential.privateKey) },
    { name: 'on one thread', run: () => sign('sha256', octets, credential.privateKey) },
  ]
}
