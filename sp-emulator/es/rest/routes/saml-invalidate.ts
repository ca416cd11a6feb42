import { invalidateSaml } from '../../actions/saml-invalidate.ts'
import { ACTION } from '../../privileges.ts'
import { ok } from '../answer.ts'
import { objectParser } from '../object-parser.ts'
import { route } from '../route.ts'

const parse = objectParser({
  name: 'saml_invalidate_session',
  fields: { query_string: 'text', realm: 'text', acs: 'text' },
  deprecated: { queryString: { use: 'query_string', exclusive: true } },
})

/** Logs out from the IdP's side: a LogoutRequest ends logins and gets its answer (spec §1.9). */
export const samlInvalidate = route({
  method: 'POST',
  path: '/_security/saml/invalidate',
  takesBody: true,
  read: ({ body, warn }) => {
    const { query_string: queryString = '', realm, acs } = parse(body, warn)
    return { queryString, realm, acs }
  },
  validate: ({ queryString }) => (queryString === '' ? ['query_string is missing'] : []),
  action: () => ACTION.samlInvalidate,
  run: async (input, { node }) => {
    const { realm, invalidated, redirect } = await invalidateSaml(input, node)
    return ok({ realm, invalidated, redirect })
  },
})
