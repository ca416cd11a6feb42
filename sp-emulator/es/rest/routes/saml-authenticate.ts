import { decodeBase64 } from '#saml/bindings/base64'
import { SamlError } from '#saml/errors'
import { authenticateSaml } from '../../actions/saml-authenticate.ts'
import { ElasticsearchError } from '../../elasticsearch-error.ts'
import { ACTION } from '../../privileges.ts'
import { ok } from '../answer.ts'
import { authenticationJson } from '../authentication-json.ts'
import { objectParser } from '../object-parser.ts'
import { pendingIds } from '../pending-ids.ts'
import { route } from '../route.ts'

const parse = objectParser({
  name: 'saml_authenticate',
  fields: { content: 'text', ids: 'texts-or-null', realm: 'text-or-null' },
})

/** Ends a login: a SAML Response becomes tokens (spec §1.7). */
export const samlAuthenticate = route({
  method: 'POST',
  path: '/_security/saml/authenticate',
  takesBody: true,
  audits: 'authenticate',
  read: ({ body, warn, node, seen }) => {
    const { content, ids = null, realm } = parse(body, warn)
    if (content !== undefined) seen.saml = content
    return { xml: decodeContent(content), ids: pendingIds(ids, node.dialect), realm }
  },
  action: () => ACTION.samlAuthenticate,
  run: async (input, { caller, node }) => {
    const { showsAuthentication, showsInResponseTo } = node.dialect
    const { realm, tokens, inResponseTo } = await authenticateSaml(input, caller, node)
    return ok({
      username: tokens.authentication.username,
      ...(showsAuthentication && { realm }),
      access_token: tokens.accessToken,
      refresh_token: tokens.refreshToken,
      expires_in: tokens.expiresInSeconds,
      ...(showsAuthentication && { authentication: authenticationJson(tokens.authentication, 'realm') }),
      ...(showsInResponseTo && inResponseTo !== undefined && { in_response_to: inResponseTo }),
    })
  },
})

/** A node takes the content for granted and trips over its absence. */
function decodeContent(content: string | undefined): Buffer {
  if (content === undefined) throw missingContent()
  try {
    return decodeBase64(content, { lenient: true })
  } catch (cause) {
    // No SAML was judged yet: what is wrong with base64 is the caller's argument, in the JDK's words.
    if (!(cause instanceof SamlError)) throw cause
    throw new ElasticsearchError({ status: 400, type: 'illegal_argument_exception', reason: cause.message, cause })
  }
}

function missingContent(): ElasticsearchError {
  const reason = 'Cannot invoke "String.replaceAll(String, String)" because "content" is null'
  return new ElasticsearchError({ status: 500, type: 'null_pointer_exception', reason })
}
