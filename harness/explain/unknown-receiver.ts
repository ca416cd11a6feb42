import type { Receiver } from '../../sp-emulator/index.ts'

/** A receiver of whom nobody said anything but whom it trusts; what has a default has that of Elasticsearch. */
export const unknownReceiver = (idpEntityId: string): Receiver['config'] => ({
  ...{ name: 'unknown', order: 0, idpEntityId, useSingleLogout: true },
  ...{ spEntityId: undefined, acsUrl: undefined, logoutUrl: undefined, attributes: undefined },
  ...{ nameIdAllowCreate: false, populateUserMetadata: true, requestedAuthnContext: [] },
  clockSkewMs: 3 * 60_000,
  signedMessages: new Set(),
})
