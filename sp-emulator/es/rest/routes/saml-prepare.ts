import { prepareSamlAuthentication } from '../../actions/saml-prepare.ts'
import { ACTION } from '../../privileges.ts'
import { ok } from '../answer.ts'
import { objectParser } from '../object-parser.ts'
import { route } from '../route.ts'

const parse = objectParser({
  name: 'saml_prepare_authn',
  fields: { acs: 'text', realm: 'text', relay_state: 'text' },
})

/** Begins a login (spec §1.6). */
export const samlPrepare = route({
  method: 'POST',
  path: '/_security/saml/prepare',
  takesBody: true,
  read: ({ body, warn }) => {
    const { realm, acs, relay_state: relayState } = parse(body, warn)
    return { realm, acs, relayState }
  },
  action: () => ACTION.samlPrepare,
  run: async (input, { node }) => {
    const { realm, id, redirect } = await prepareSamlAuthentication(input, node)
    return ok({ realm, id, redirect })
  },
})
