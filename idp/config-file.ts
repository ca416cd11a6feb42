import { z } from 'zod'
import { ConfigError } from '#server/config'
import { plainMessage } from '#server/plain-message'
import { describeIssue } from './config-issue.ts'
import { mostSeconds, whyNoLine } from './config-values.ts'
import { tolerances } from './inbox/tolerance.ts'

const text = z.string().min(1)
const seconds = z.number().positive().max(mostSeconds).optional()
const line = text.superRefine((value, context) => {
  const reason = whyNoLine(value)
  if (reason !== undefined) context.addIssue({ code: 'custom', message: reason })
})

const tolerate = z.array(z.enum(tolerances)).optional()

const user = z.strictObject({
  name: text,
  email: text.optional(),
  displayName: text.optional(),
  groups: z.array(text).default([]),
  attributes: z.record(text, z.array(z.string())).optional(),
})

const configFile = z.strictObject({
  entityId: text.optional(),
  users: z.array(user).optional(),
  serviceProviders: z
    .array(z.strictObject({ metadata: text, entityId: text.optional(), name: line.optional(), tolerate }))
    .default([]),
  keys: z.strictObject({ certificate: text, privateKey: text }).optional(),
  lifetimes: z
    .strictObject({
      sessionSeconds: seconds,
      assertionSeconds: seconds,
      logoutRequestSeconds: seconds,
      pendingSeconds: seconds,
    })
    .optional(),
  skewSeconds: z.number().nonnegative().max(mostSeconds).optional(),
  signedParts: z.enum(['assertion', 'response', 'both']).optional(),
  idp: z.strictObject({ tolerate, unknownSession: z.enum(['refuse', 'succeed']).optional() }).optional(),
})

/** A `sloop.yml` that has been checked and not yet followed: files and URLs are still names. */
export type IdpConfigFile = z.infer<typeof configFile>

/**
 * Checks a parsed `sloop.yml`. An empty one configures nothing.
 * @throws ConfigError naming the dotted path of the first mistake, with the nearest known key when one is unknown. That comes first of all: the value that
 * is missing elsewhere may stand behind it.
 */
export function readIdpConfig(parsed: unknown): IdpConfigFile {
  const result = configFile.safeParse(parsed ?? {}, { error: plainMessage })
  if (result.success) return result.data
  const { issues } = result.error
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0]
  throw new ConfigError(issue === undefined ? 'the configuration cannot be read' : describeIssue(issue, configFile))
}
