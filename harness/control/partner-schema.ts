import { z } from 'zod'
import { tempers } from '../../sp-emulator/index.ts'

/** What `changePartner` takes (`spec/contract.md` §3). */
export const partnerChangeSchema = z.strictObject({
  temper: z.enum(tempers).describe('How it answers a LogoutRequest that it believes, from the next one on.'),
})

/** What `changePartner` answers. */
export const partnerSchema = z.object({
  name: z.string(),
  url: z.string(),
  entityId: z.string(),
  temper: z.enum(tempers),
})

/** What `listPartners` answers, in the order of the world. */
export const partnersListSchema = z.object({ partners: z.array(partnerSchema) })
