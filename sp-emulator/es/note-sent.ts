import type { Seen } from '#server/journal/seen'
import type { SamlRealm } from '../realm/saml-realm.ts'
import type { NodeContext } from './node-context.ts'

interface Sent extends Pick<Seen, 'what' | 'id' | 'inResponseTo' | 'user'> {
  /** The address that takes it to the IdP. */
  readonly redirect: string
}

/** Writes down a message of a realm, which the application has a browser carry. */
export function noteSent({ journal }: NodeContext, realm: SamlRealm, { redirect, ...message }: Sent): void {
  journal.note({
    ...message,
    direction: 'sent',
    from: realm.entityId,
    to: realm.idpEntityId,
    binding: 'redirect',
    wire: { method: 'GET', url: redirect },
  })
}
