import { type CompleteLogoutInput, completeSamlLogout } from '../../actions/saml-complete-logout.ts'
import { ACTION } from '../../privileges.ts'
import { ok } from '../answer.ts'
import { objectParser } from '../object-parser.ts'
import { route } from '../route.ts'

const parse = objectParser({
  name: 'saml_complete_logout',
  fields: { realm: 'text', ids: 'texts', query_string: 'text-or-null', content: 'text-or-null' },
  deprecated: { queryString: { use: 'query_string', exclusive: false } },
})

const isBlank = (text: string | undefined): boolean => text === undefined || text.trim() === ''

/** Judges the IdP's answer to a LogoutRequest (spec §1.10). */
export const samlCompleteLogout = route({
  method: 'POST',
  path: '/_security/saml/complete_logout',
  takesBody: true,
  read: ({ body, warn }): CompleteLogoutInput => {
    const { realm = '', ids = null, query_string: queryString, content } = parse(body, warn)
    return { realm, ids, queryString, content }
  },
  validate: ({ realm, queryString, content }) => [
    ...(isBlank(realm) ? ['realm may not be empty'] : []),
    ...(isBlank(queryString) && isBlank(content) ? ['query_string and content may not both be empty'] : []),
    ...(!isBlank(queryString) && !isBlank(content) ? ['query_string and content may not both present'] : []),
  ],
  action: () => ACTION.samlCompleteLogout,
  run: (input, { node }) => {
    completeSamlLogout(input, node)
    return ok({})
  },
})
