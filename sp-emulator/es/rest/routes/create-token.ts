import { type CreateTokenResult, createToken, type TokenRequest } from '../../actions/create-token.ts'
import type { Dialect } from '../../dialect.ts'
import { ACTION } from '../../privileges.ts'
import { errorAnswer, ok, type RestAnswer } from '../answer.ts'
import { authenticationJson } from '../authentication-json.ts'
import { objectParser, type ParsedBody } from '../object-parser.ts'
import { route, validationText } from '../route.ts'

const fields = {
  grant_type: 'text',
  username: 'text',
  password: 'text',
  kerberos_ticket: 'text',
  scope: 'text',
  refresh_token: 'text',
} as const

type Body = ParsedBody<typeof fields>
type GrantField = 'username' | 'password' | 'kerberos_ticket' | 'refresh_token'

const parse = objectParser({ name: 'token_request', fields })

/** What each grant needs; the other fields it does not support (spec §7.3). */
const requiredFields: ReadonlyMap<string, readonly GrantField[]> = new Map([
  ['password', ['username', 'password']],
  ['_kerberos', ['kerberos_ticket']],
  ['refresh_token', ['refresh_token']],
  ['client_credentials', []],
] as const)

const grantFields: readonly GrantField[] = ['username', 'password', 'kerberos_ticket', 'refresh_token']

/** Issues or refreshes tokens; its refusals are OAuth's, not the usual envelope (spec §1.2, §7.3). */
export const createTokenRoute = route({
  method: 'POST',
  path: '/_security/oauth2/token',
  takesBody: true,
  read: ({ body, warn }) => parse(body, warn),
  validate: validateGrant,
  answerInvalid: (messages) => {
    const isGrantType = messages.some((message) => message.includes('grant_type'))
    return oauthError(isGrantType ? 'unsupported_grant_type' : 'invalid_request', validationText(messages))
  },
  action: ({ grant_type: grant }) => (grant === 'refresh_token' ? ACTION.refreshToken : ACTION.createToken),
  run: async (body, { caller, node }) =>
    answer(await createToken(toTokenRequest(body), caller, node), body.scope, node.dialect),
})

function validateGrant(body: Body): readonly string[] {
  const grant = body.grant_type ?? ''
  const required = requiredFields.get(grant)
  if (required === undefined) {
    return [`grant_type only supports the values: [${[...requiredFields.keys()].join(', ')}]`]
  }
  const unsupported = grantFields.filter((field) => !required.includes(field) && body[field] !== undefined)
  const missing = required.filter((field) => (body[field] ?? '') === '')
  return [
    ...unsupported.map((field) => `${field} is not supported with the ${grant} grant_type`),
    ...missing.map((field) => `${field} is missing`),
  ]
}

/** A validated body; what is absent here is never read. */
function toTokenRequest(body: Body): TokenRequest {
  const { grant_type: grantType, username = '', password = '', refresh_token: refreshToken = '' } = body
  if (grantType === 'password') return { grantType, username, password }
  if (grantType === 'refresh_token') return { grantType, refreshToken }
  return { grantType: grantType === '_kerberos' ? '_kerberos' : 'client_credentials' }
}

function answer(result: CreateTokenResult, scope: string | undefined, { showsAuthentication }: Dialect): RestAnswer {
  if (result.kind === 'invalid-grant') return oauthError('invalid_grant', result.reason)
  const { accessToken, expiresInSeconds, refreshToken, authentication } = result.tokens
  return ok({
    access_token: accessToken,
    type: 'Bearer',
    expires_in: expiresInSeconds,
    ...(refreshToken !== undefined && { refresh_token: refreshToken }),
    // Said only when it is not what was asked for (RFC 6749 §5.1).
    ...(scope !== undefined && scope !== 'FULL' && { scope: 'FULL' }),
    ...(showsAuthentication && { authentication: authenticationJson(authentication, result.authenticationType) }),
  })
}

function oauthError(error: string, description: string): RestAnswer {
  return errorAnswer(400, { error, error_description: description })
}
