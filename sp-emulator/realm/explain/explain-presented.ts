import type { Presented } from '#saml/rules/presented'
import type { Receiver } from '../judge/receiver.ts'
import type { RealmJudgement } from '../saml-realm.ts'

/** Tells what a receiver would make of a message. All that explains is loaded with the first message, and not with the realm. */
export async function explainPresented(
  presented: Presented,
  receiver: Omit<Receiver, 'explains'>,
): Promise<RealmJudgement> {
  const { explainMessage } = await import('./explain-message.ts')
  return explainMessage(presented, receiver)
}
