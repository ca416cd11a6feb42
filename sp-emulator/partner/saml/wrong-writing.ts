import type { PartnerParts } from '../partner-parts.ts'
import type { Conduct } from '../temper.ts'
import type { PartnerChange } from '../wrong-message.ts'

/** In PEM, what signs a message; undefined when nothing does. */
export async function signingKey(
  { key, foreignKey }: PartnerParts,
  change: PartnerChange,
  signedBy: Conduct['signedBy'] = 'own key',
): Promise<string | undefined> {
  if (signedBy === 'nobody' || change.signature === 'none') return undefined
  const isForeign = change.key === undefined ? signedBy === 'foreign key' : change.key === 'foreign'
  const { privateKeyPem } = isForeign ? await foreignKey() : key
  return privateKeyPem
}

/** Empty is none. */
export function relayStateOf({ relayState }: PartnerChange, right = ''): string {
  if (relayState === undefined) return right
  return relayState === 'none' ? '' : relayState.value
}
