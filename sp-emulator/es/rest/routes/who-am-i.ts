import { ACTION } from '../../privileges.ts'
import { ok } from '../answer.ts'
import { authenticationJson } from '../authentication-json.ts'
import { route } from '../route.ts'

const managedHere = { managed_by: 'elasticsearch' }

/** Who the caller is; every authenticated caller may ask (spec §1.12). */
export const whoAmI = route({
  method: 'GET',
  path: '/_security/_authenticate',
  takesBody: false,
  read: () => undefined,
  action: () => ({ name: ACTION.authenticate, isOpen: true }),
  run: (_input, { caller: { authentication, type, apiKey }, node: { dialect } }) =>
    ok({
      ...authenticationJson(authentication, type),
      ...(apiKey !== undefined && {
        api_key: { id: apiKey.id, name: apiKey.name, ...(dialect.showsKeyManager && managedHere) },
      }),
      ...(type === 'token' && dialect.showsTokenManager && { token: managedHere }),
    }),
})
