import { legibleText } from '#server/legible-text'
import { StoreUnavailable } from '#server/store/store-unavailable'
import { PartnerError } from '../partner-error.ts'

const longestReason = 200

/**
 * What node-saml makes of a message.
 * @throws PartnerError (400) with its reason; where it stumbled instead of refusing, that the message cannot be read
 * @throws StoreUnavailable
 */
export async function believe<T>(what: string, judge: () => Promise<T>): Promise<T> {
  try {
    return await judge()
  } catch (cause) {
    if (cause instanceof PartnerError || cause instanceof StoreUnavailable) throw cause
    throw new PartnerError(400, `The ${what} is refused: ${reasonOf(cause)}.`, { cause })
  }
}

/** The library throws plain errors where it refuses; a TypeError, or one with a code, comes from within. */
function reasonOf(cause: unknown): string {
  const isRefusal = cause instanceof Error && ['Error', 'SamlStatusError'].includes(cause.constructor.name)
  if (!isRefusal || 'code' in cause) return 'it cannot be read'
  const [line = ''] = cause.message.split('\n')
  return legibleText(line).slice(0, longestReason)
}
