import { type CompleteLogoutInput, completeSamlLogout } from '../../actions/saml-complete-logout.ts'
import { ACTION } from '../../privileges.ts'
import { ok } from '../answer.ts'
import { objectParser } from '../object-parser.ts'
import { pendingIds } from '../pending-ids.ts'
import { type RestCall, route } from '../route.ts'

const name = 'saml_complete_logout'
const fields = { realm: 'text', ids: 'texts', content: 'text-or-null' } as const

const parse = objectParser({
  name,
  fields: { ...fields, query_string: 'text-or-null' },
  deprecated: { queryString: { use: 'query_string', exclusive: false } },
})
const parseOld = objectParser({ name, fields: { ...fields, queryString: 'text-or-null' } })

const isBlank = (text: string | undefined): boolean => text === undefined || text.trim() === ''

/** Judges the IdP's answer to a LogoutRequest (spec §1.10). */
export const samlCompleteLogout = route({
  method: 'POST',
  path: '/_security/saml/complete_logout',
  takesBody: true,
  audits: 'complete_logout',
  isKnownTo: ({ hasCompleteLogout }) => hasCompleteLogout,
  read: (call): CompleteLogoutInput => {
    const { realm = '', ids = null, queryString, content } = readBody(call)
    call.seen.saml = queryString ?? content ?? ''
    return { realm, ids: pendingIds(ids, call.node.dialect), queryString, content }
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

function readBody({ body, warn, node: { dialect } }: RestCall) {
  if (dialect.queryField === 'queryString') return parseOld(body, warn)
  const { query_string: queryString, ...others } = parse(body, warn)
  return { queryString, ...others }
}
