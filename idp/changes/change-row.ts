import { z } from 'zod'
import type { Credential } from '#saml/credentials'
import { whyNoText } from '../config-values.ts'
import type { Addressee, Caller, Draft } from '../outbox/draft.ts'
import type { IdpParts } from '../parts.ts'
import type { Encoder } from './encoder.ts'
import type { Parameter } from './parameter.ts'

/** What is changed at each of the six points of the way out, in their order. */
export interface Subjects {
  readonly draft: Draft
  readonly document: string
  readonly encoding: Encoder
  readonly signing: Signing
  readonly envelope: readonly Parameter[]
  readonly sending: Addressee | Caller
}

export type Point = keyof Subjects

/** What is signed, by whom, and how. */
export interface Signing {
  readonly credential: Credential
  /** Of a query: the octets that are signed, or what is left out. */
  readonly query: 'none' | 'whole' | 'withoutRelayState' | 'rawRelayState' | 'messageOnly' | 'partial'
  readonly document: boolean
  /** What is another than when it was signed: the signature value, or the document that is signed. */
  readonly tampered: 'signature' | 'document' | undefined
  /** By which of the eight wrappings another message borrows the signature. */
  readonly wrapping: Wrapping | undefined
}

export type Wrapping = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8

/** Where a change finds what it cannot make up. */
export type ChangeParts = Pick<IdpParts, 'config' | 'behaviour' | 'serviceProviders' | 'seenRequests'>

/** The message that a change meets: as it would be right, but for how it is sent. */
export interface Met {
  readonly draft: Draft
  readonly parts: ChangeParts
  /** What a change has looked up: the ID of an earlier request of whom it goes to, null where there was none. */
  readonly olderRequest?: string | null | undefined
}

/** One change: all that is known of it, in one place. */
export interface ChangeRow<P extends Point = Point, Values extends z.ZodType = z.ZodType> {
  readonly point: P
  readonly values: Values
  /** What it is, in one sentence. */
  readonly says: string
  /** What can be seen of it. */
  readonly onTheWire: string
  /** The rows of the catalogue of real bugs that it reproduces. */
  readonly bugs: readonly string[]
  /** Looks up what it cannot do without, before anybody asks whether it can be made. */
  lookUp?(value: z.output<Values>, met: Met): Promise<Met>
  /** Why it cannot be made on this message, in words that follow a colon. Undefined when it can. */
  whyNot?(value: z.output<Values>, met: Met): string | undefined
  make(subject: Subjects[P], value: z.output<Values>, met: Met): Subjects[P] | Promise<Subjects[P]>
}

/** The types of a row, from its point and its values. */
export const row = <P extends Point, Values extends z.ZodType>(given: ChangeRow<P, Values>): ChangeRow<P, Values> =>
  given

/** More than any message needs. */
const longestText = 8 * 1024

/** A text that a message can carry. */
export const text = z
  .string()
  .max(longestText)
  .superRefine((given, context) => {
    const message = /^[ \t\r\n]*$/.test(given) ? undefined : whyNoText(given)
    if (message !== undefined) context.addIssue({ code: 'custom', message })
  })

/** A value of the caller's own. */
export const own = z.strictObject({ value: text })

/** As it is signed, and as it is sent. */
export const twoForms = <Values extends z.ZodType>(values: Values) => z.strictObject({ signed: values, sent: values })
