import { z } from 'zod'
import {
  encryptions,
  failureAnswers,
  mostSeconds,
  personalityNames,
  propagations,
  tolerances,
  ways,
  whyNoLine,
  whyNoUri,
} from '../../idp/index.ts'
import { tempers } from '../../sp-emulator/index.ts'
import { clocksSchema } from '../control/clock-schema.ts'
import { faultWantedSchema } from '../control/fault-schema.ts'
import { appProfiles } from './profiles.ts'

const text = z.string().min(1)
const seconds = z.number().positive().max(mostSeconds).optional()
export const line = checked(whyNoLine)
/** An entity id (saml-core-2.0 §8.3.6). */
const entityId = checked(whyNoUri)
const address = checked(whyNoAddress)
const name = checked(whyNoLabel)
const settings = z.record(text, z.unknown())
const sameSite = z.enum(['lax', 'strict', 'none']).optional()

const keyPair = z.strictObject({ certificate: text, privateKey: text })

export const userSchema = z.strictObject({
  name: text,
  email: text.optional(),
  displayName: text.optional(),
  groups: z.array(text).default([]),
  attributes: z.record(text, z.array(z.string())).optional(),
})

/** How somebody is reached for a logout. */
const singleLogoutService = z.strictObject({
  binding: z.enum(ways),
  location: address,
  responseLocation: address.optional(),
})

const nameIdFormats = ['transient', 'persistent', 'emailAddress', 'unspecified'] as const

const lifetimes = { sessionSeconds: seconds, assertionSeconds: seconds, logoutRequestSeconds: seconds }
const skewSeconds = z.number().nonnegative().max(mostSeconds).optional()
const signedParts = z.enum(['assertion', 'response', 'both']).optional()
const tolerate = z.array(z.enum(tolerances)).optional()

export const serviceProviderSchema = z
  .strictObject({
    metadata: text.optional(),
    name: line.optional(),
    entityId: entityId.optional(),
    entityIds: z.array(entityId).min(1).optional(),
    signedBy: text.optional(),
    acs: address.optional(),
    slo: address.optional(),
    singleLogout: z.array(singleLogoutService).optional(),
    certificates: z.array(text).optional(),
    logoutBy: z.enum(ways).optional(),
    /** Of its NameIDs where a request names none, in place of what its metadata lists. */
    nameIdFormat: checked(whyNoFormat).optional(),
    tolerate,
    /** In its Assertions, for its key, by the methods that its metadata names. */
    encrypt: z.enum(encryptions).optional(),
    /** In place of what the world says for all: `sessionSeconds` is then what a login counts for there. */
    lifetimes: z.strictObject(lifetimes).optional(),
    skewSeconds,
    signedParts,
    /** By the Name that its Assertions have: `uid`, `mail`, `displayName`, `groups`, or an attribute of users. All there are, in their usual form, when absent. */
    attributes: z.record(line, text).optional(),
  })
  .superRefine((given, context) => {
    const refuse = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
    const byHand = (['acs', 'slo', 'singleLogout', 'certificates'] as const).find((key) => given[key] !== undefined)
    if (given.metadata !== undefined && byHand !== undefined) refuse(byHand, 'the metadata says this already')
    if (given.entityIds !== undefined && given.entityId !== undefined) refuse('entityIds', 'entityId says this already')
    if (given.metadata !== undefined) return
    const ofMetadata = (['entityIds', 'signedBy'] as const).find((key) => given[key] !== undefined)
    if (ofMetadata !== undefined) refuse(ofMetadata, 'there is no metadata of which this could be said')
    if (given.entityId === undefined) refuse('entityId', 'expected a text, found nothing; or metadata in its place')
    if (given.acs === undefined) refuse('acs', 'expected a text, found nothing; or metadata in its place')
    if (given.slo !== undefined && given.singleLogout !== undefined) refuse('slo', 'singleLogout says this already')
  })

const realm = z.strictObject({
  name: checked(whyNoRealmName),
  entityId: entityId.optional(),
  acs: address.optional(),
  logout: address.optional(),
  settings: settings.optional(),
  encryption: z.boolean().optional(),
  idpMetadata: text.optional(),
})

/** A way to log in to an application, as in `xpack.security.authc.providers` of Kibana. */
const provider = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('saml'), name: text, realm: checked(whyNoRealmName) }),
  z.strictObject({ type: z.literal('basic'), name: text }),
])

const application = z.strictObject({
  name,
  realm: checked(whyNoRealmName).optional(),
  providers: z.array(provider).optional(),
  profile: z.enum(appProfiles).optional(),
  selector: z.boolean().optional(),
  sameSite,
  settings: settings.optional(),
})

const partner = z.strictObject({ name, temper: z.enum(tempers).optional(), sameSite })

/** How the IdP behaves, which may change while it runs. */
export const behaviourSchema = z.strictObject({
  personality: z.enum(personalityNames).optional(),
  tolerate,
  unknownSession: z.enum(['refuse', 'succeed']).optional(),
  propagation: z.enum(propagations).optional(),
  onFailure: z.enum(failureAnswers).optional(),
  initiator: z.enum(['leftOut', 'askedToo']).optional(),
  session: z.enum(['end', 'keep']).optional(),
  participantTimeoutSeconds: z.number().positive().max(86_400).optional(),
  singleLogout: z.array(singleLogoutService.partial({ location: true })).optional(),
})

/** A description of parties: the content of a `sloop.yml` and what `startLab` takes (`spec/contract.md` section 1, as far as it is built). */
export const worldSchema = z
  .strictObject({
    entityId: entityId.optional(),
    keys: keyPair.optional(),
    encryptionKeys: z.array(keyPair).optional(),
    lifetimes: z.strictObject({ ...lifetimes, pendingSeconds: seconds }).optional(),
    skewSeconds,
    signedParts,
    users: z.array(userSchema).optional(),
    serviceProviders: z.array(serviceProviderSchema).optional(),
    es: z
      .strictObject({ version: text.optional(), accessTokenSeconds: z.number().min(1).max(3_600).optional() })
      .optional(),
    roleMappings: z.record(text, z.record(text, z.unknown())).optional(),
    realms: z.array(realm).optional(),
    applications: z.array(application).optional(),
    partners: z.array(partner).optional(),
    idp: behaviourSchema.optional(),
    clocks: clocksSchema.optional(),
    faults: z.array(faultWantedSchema).optional(),
  })
  .meta({ title: 'a world: the content of a sloop.yml' })

function checked(whyNot: (value: string) => string | undefined) {
  return text.superRefine((value, context) => {
    const reason = whyNot(value)
    if (reason !== undefined) context.addIssue({ code: 'custom', message: reason })
  })
}

function whyNoAddress(value: string): string | undefined {
  const url = URL.canParse(value) ? new URL(value) : undefined
  const isWeb = url?.protocol === 'http:' || url?.protocol === 'https:'
  if (isWeb && url.username === '' && url.password === '' && !/[^\x21-\x7E]|[\\#]/.test(value)) return undefined
  return `expected an address that begins with http:// or https://, found the text ${JSON.stringify(value.slice(0, 80))}`
}

function whyNoFormat(value: string): string | undefined {
  const isUri = URL.canParse(value) && whyNoUri(value) === undefined
  return isUri || (nameIdFormats as readonly string[]).includes(value)
    ? undefined
    : `expected one of ${nameIdFormats.join(', ')} or a URN, found the text ${JSON.stringify(value.slice(0, 80))}`
}

/** It is a host name (RFC 1034 §3.5), and others are called by it. */
function whyNoLabel(value: string): string | undefined {
  if (['idp', 'es', 'localhost'].includes(value)) return `[${value}] is the name of another party`
  if (/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(value)) return undefined
  return `[${value.slice(0, 80)}] is no name of a host: it has small letters, digits and hyphens, 63 at most`
}

function whyNoRealmName(value: string): string | undefined {
  return /^[-\w]{1,64}$/.test(value)
    ? undefined
    : `[${value.slice(0, 80)}] is no name of a realm: it has letters, digits, - and _, 64 at most`
}
