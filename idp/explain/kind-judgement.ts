import type { Check } from '#saml/rules/ask-all'
import type { Presented } from '#saml/rules/presented'
import type { XmlElement } from '#saml/xml/element'
import type { RawMessage } from '../inbox/raw-message.ts'
import type { NearSession } from './nearest-sessions.ts'

/** When, and with which requests open, a message is to be judged. */
export interface Circumstances {
  /** Epoch milliseconds; now unless told otherwise. */
  readonly at?: number | undefined
  /** The IDs of the requests that count as waiting for an answer; those that do unless told otherwise. */
  readonly inResponseTo?: readonly string[] | undefined
}

/** A message as it was presented, and as what it is read. */
export interface ToExplain {
  readonly presented: Presented
  readonly raw: RawMessage
}

/** What is to be said of a message of one kind, whatever carried it. */
export interface KindJudgement {
  readonly xml: XmlElement | undefined
  readonly checks: readonly Check[]
  /** How many sessions a LogoutRequest would end, were the rest of it accepted. */
  readonly wouldInvalidate: number
  /** Where it would end none: those that are nearest. */
  readonly nearest: readonly NearSession[]
  /** The logout whose request a LogoutResponse answers. */
  readonly logout: string | null
}
