import type { Seen, Wire } from '#server/journal/seen'
import { PartnerError } from './partner-error.ts'
import type { PartnerParts } from './partner-parts.ts'
import type { PartnerSession } from './sessions.ts'

/** A message that came, as it came; whatever is in it. */
export interface Arrival {
  readonly what: Seen['what']
  readonly binding: 'redirect' | 'post'
  readonly wire: Wire
}

/** What was read of a message that is believed, as far as the journal tells of it. */
type Told = Partial<Pick<Seen, 'what' | 'id' | 'inResponseTo' | 'nameId' | 'sessionIndexes' | 'status' | 'user'>>

/**
 * What becomes of a message that came. Once that is known, and before anything follows from it, the journal tells of it.
 * @throws PartnerError when it is refused, with its entry in the journal
 */
export async function judged<T>(
  parts: PartnerParts,
  arrival: Arrival,
  { judge, tell }: { readonly judge: () => Promise<T>; readonly tell: (believed: T) => Told | Promise<Told> },
): Promise<T> {
  const { journal, endpoints } = parts
  const received = { ...arrival, direction: 'received', to: endpoints.entityId } as const
  try {
    const believed = await judge()
    journal.note({ ...received, from: parts.idp().entityId, accepted: true, ...(await tell(believed)) })
    return believed
  } catch (error) {
    if (!(error instanceof PartnerError)) throw error
    const { status, message, cause } = error
    const seq = journal.note({ ...received, accepted: false, refusal: { code: 'PARTNER_REFUSED', message } })
    throw new PartnerError(status, message, { cause, seq: seq || undefined })
  }
}

interface Ending {
  /** The entity id of the IdP, or what a person did here. */
  readonly endedBy: string
  /** The ID of the LogoutRequest that asked for it. */
  readonly inResponseTo?: string | undefined
}

/** Ends a session, and the journal tells of it, unless it has ended before. Its id is the value of a cookie and does not stand there. */
export async function endSession(
  { sessions, journal }: PartnerParts,
  session: PartnerSession,
  ending: Ending,
): Promise<void> {
  const { id, user, nameId } = session
  if (await sessions.end(id)) journal.note({ what: 'sessionEnded', user, nameId, ...ending })
}

/** The last part of a status code, which people know. */
export const lastPart = (code: string): string => code.slice(code.lastIndexOf(':') + 1)
