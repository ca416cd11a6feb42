import { z } from 'zod'
import type { User } from '../../idp/index.ts'
import { userWithDefaults } from '../world/idp-options.ts'
import { userSchema } from '../world/schema.ts'
import { controlError } from './control-error.ts'
import { asked, changed, gone, made, operation } from './operation.ts'
import { nothing } from './shapes.ts'
import { theIdp } from './the-idp.ts'

const user = z.object({
  name: z.string(),
  email: z.string(),
  displayName: z.string(),
  groups: z.array(z.string()),
  attributes: z.record(z.string(), z.array(z.string())),
})

const userState = ({ attributes = {}, ...rest }: User) => ({ ...rest, attributes })

export const listUsers = operation({
  request: nothing,
  answer: z.object({ users: z.array(user) }),
  run: async (parties) => asked({ users: (await theIdp(parties)).listUsers().map(userState) }),
})

export const putUser = operation({
  request: userSchema.partial({ name: true }),
  example: { email: 'dora@example.test', groups: ['staff'] },
  answer: user,
  run: async (parties, { key, given }) => {
    const { name = key } = given
    if (name !== key) {
      throw controlError('invalid', `name: the path says [${key}]`, { path: 'name', expected: key, actual: name })
    }
    const described = userWithDefaults({ ...given, name })
    const put = (await theIdp(parties)).putUser(described)
    return put === 'added' ? made(userState(described)) : changed(userState(described))
  },
})

export const deleteUser = operation({
  request: nothing,
  answer: undefined,
  run: async (parties, { key }) => {
    ;(await theIdp(parties)).deleteUser(key)
    return gone
  },
})
