import { z } from 'zod'

/** Of an operation that is told nothing. */
export const nothing = z.strictObject({})

/** A NameID as everybody here writes it; null is absent. */
const nameId = z.object({
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
  [first, ...others]: readonly [string, string, ...string[]],
  context: z.core.$RefinementCtx,
): void {
  const [one, another] = [first, ...others].filter((key) => given[key] !== undefined)
  if (one !== undefined && another !== undefined) {
    context.addIssue({ code: 'custom', path: [another], message: `${one} says this already` })
  }
  if (one !== undefined) return
  const message = `expected a text, found nothing; or ${others.join(' or ')} in its place`
  context.addIssue({ code: 'custom', path: [first], message })
}
