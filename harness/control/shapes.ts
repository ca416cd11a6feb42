import { z } from 'zod'

/** Of an operation that is told nothing. */
export const nothing = z.strictObject({})

/** A NameID as everybody here writes it; null is absent. */
export const nameId = z.object({
  value: z.string(),
  format: z.string().nullable(),
  nameQualifier: z.string().nullable(),
  spNameQualifier: z.string().nullable(),
})

/** A login at a service provider. */
export const participant = z.object({ serviceProvider: z.string(), nameId, sessionIndex: z.string() })
