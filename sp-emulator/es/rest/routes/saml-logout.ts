import { logoutSaml } from '../../actions/saml-logout.ts'
import { ACTION } from '../../privileges.ts'
import { ok } from '../answer.ts'
import { objectParser } from '../object-parser.ts'
import { route } from '../route.ts'

const parse = objectParser({ name: 'saml_logout', fields: { token: 'text', refresh_token: 'text' } })

/** Logs out from the application's side; explicit nulls when the IdP need not be asked (spec §1.8). */
export const samlLogout = route({
  method: 'POST',
  path: '/_security/saml/logout',
  takesBody: true,
  read: ({ body, warn }) => {
    const { token = '', refresh_token: refreshToken } = parse(body, warn)
    return { token, refreshToken }
  },
  validate: ({ token }) => (token === '' ? ['token is missing'] : []),
  action: () => ACTION.samlLogout,
  run: async (input, { node }) => {
    const { id, redirect } = await logoutSaml(input, node)
    return ok(node.dialect.showsLogoutId ? { id, redirect } : { redirect })
  },
})
