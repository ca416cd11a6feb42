import { z } from 'zod'
import { asked, made, operation } from './operation.ts'
import { nothing } from './shapes.ts'
import { theIdp } from './the-idp.ts'

const key = z.object({ certificate: z.string(), signs: z.boolean() })

export const listKeys = operation({
  request: nothing,
  answer: z.object({ keys: z.array(key) }),
  run: async (parties) => asked({ keys: (await theIdp(parties)).listKeys() }),
})

export const rotateKey = operation({
  request: z.strictObject({ publish: z.enum(['both', 'newOnly', 'announce']).optional() }),
  example: { publish: 'both' },
  answer: key,
  run: async (parties, { given }) => made(await (await theIdp(parties)).rotateKey(given)),
})
