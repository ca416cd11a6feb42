import { type InvalidateTokenRequest, invalidateToken } from '../../actions/invalidate-token.ts'
import { ElasticsearchError } from '../../elasticsearch-error.ts'
import { ACTION } from '../../privileges.ts'
import { objectParser, type ParsedBody } from '../object-parser.ts'
import { route } from '../route.ts'

const fields = { token: 'text', refresh_token: 'text', realm_name: 'text', username: 'text' } as const

type Body = ParsedBody<typeof fields>

const parse = objectParser({ name: 'invalidate_token', fields })

const hasText = (text: string | undefined): text is string => text !== undefined && text.trim() !== ''

/** Ends tokens by themselves, or by their user or realm (spec §7.4). */
export const invalidateTokenRoute = route({
  method: 'DELETE',
  path: '/_security/oauth2/token',
  takesBody: true,
  read: ({ body, warn }) => {
    const parsed = parse(body, warn)
    if (parsed.token !== undefined && parsed.refresh_token !== undefined) throw bothTokens()
    return parsed
  },
  validate,
  action: () => ACTION.invalidateToken,
  run: async (body, { node }) => {
    const { counts, found } = await invalidateToken(toRequest(body), node.tokens)
    return {
      status: found ? 200 : node.dialect.unknownTokenStatus,
      body: {
        invalidated_tokens: counts.invalidated,
        previously_invalidated_tokens: counts.previouslyInvalidated,
        error_count: 0,
      },
    }
  },
})

function validate({ token, refresh_token: refreshToken, realm_name: realm, username }: Body): readonly string[] {
  const given = token ?? refreshToken
  if (!hasText(realm) && !hasText(username)) {
    return (given ?? '') === '' ? ['token string must be provided when not specifying a realm name or a username'] : []
  }
  return [
    ...(hasText(given) ? ['token string must not be provided when realm name or username is specified'] : []),
    ...(given !== undefined ? ['token type must not be provided when realm name or username is specified'] : []),
  ]
}

/** A validated body names one token, or an owner. */
function toRequest({ token, refresh_token: refreshToken, realm_name: realm, username }: Body): InvalidateTokenRequest {
  if (token !== undefined) return { kind: 'access-token', token }
  if (refreshToken !== undefined) return { kind: 'refresh-token', token: refreshToken }
  return { kind: 'owner', owner: { ...(hasText(realm) && { realm }), ...(hasText(username) && { username }) } }
}

function bothTokens(): ElasticsearchError {
  return new ElasticsearchError({
    status: 400,
    type: 'x_content_parse_exception',
    reason: 'Failed to build [invalidate_token] after last required field arrived',
    causedBy: {
      type: 'illegal_argument_exception',
      reason: 'only one of [token, refresh_token] may be sent per request',
    },
  })
}
