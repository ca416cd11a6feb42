import { invalidateSaml } from '../../actions/saml-invalidate.ts'
import { ACTION } from '../../privileges.ts'
import { ok } from '../answer.ts'
import { objectParser } from '../object-parser.ts'
import { type RestCall, route } from '../route.ts'

const name = 'saml_invalidate_session'
const fields = { realm: 'text', acs: 'text' } as const

const parse = objectParser({
  name,
  fields: { ...fields, query_string: 'text' },
  deprecated: { queryString: { use: 'query_string', exclusive: true } },
})
const parseOld = objectParser({ name, fields: { ...fields, queryString: 'text' } })

/** Logs out from the IdP's side: a LogoutRequest ends logins and gets its answer (spec §1.9). */
export const samlInvalidate = route({
  method: 'POST',
  path: '/_security/saml/invalidate',
  takesBody: true,
  audits: 'invalidate',
  read: (call) => {
    const read = readBody(call)
    call.seen.saml = read.queryString
    return read
  },
  validate: ({ queryString, queryField }) => (queryString === '' ? [`${queryField} is missing`] : []),
  action: () => ACTION.samlInvalidate,
  run: async ({ queryString, realm: name, acs }, { node }) => {
    const selection = { queryString, realm: name, acs }
    const { realm, invalidated, redirect } = await invalidateSaml(selection, node)
    return ok({ realm, invalidated, redirect })
  },
})

function readBody({ body, warn, node }: RestCall) {
  const { queryField } = node.dialect
  if (queryField === 'queryString') return { queryField, queryString: '', ...parseOld(body, warn) }
  const { query_string: queryString = '', ...selection } = parse(body, warn)
  return { queryField, queryString, ...selection }
}
