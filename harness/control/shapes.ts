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

/** Refuses a mapping that has none of these keys, or more than one. */
export function exactlyOne(
  given: Readonly<Record<string, unknown>>,
  keys: readonly [string, string],
  context: z.core.$RefinementCtx,
): void {
  const [one, other] = keys
  const said = keys.filter((key) => given[key] !== undefined)
  if (said.length === 2) context.addIssue({ code: 'custom', path: [other], message: `${one} says this already` })
  if (said.length > 0) return
  context.addIssue({ code: 'custom', path: [one], message: `expected a text, found nothing; or ${other} in its place` })
}
