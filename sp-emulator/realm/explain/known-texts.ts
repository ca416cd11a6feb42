import { formatInstant } from '#saml/instants'
import type { MessageHeader } from '#saml/messages/header'
import type { KnownText } from '#saml/rules/hints/text'
import type { Received } from '../judge/received.ts'
import type { Receiver } from '../judge/receiver.ts'
import type { WrittenRequest } from '../write/written-requests.ts'

/** The texts that could stand by mistake where a realm expects another, by what that is. */
type KnownTexts = (received: Received) => readonly KnownText[]

const text = (label: string, value: string | undefined): KnownText => ({ label, value: value ?? '' })

export const notTheIssuer: KnownTexts = ({ receiver }) => [
  text('the entity id of this realm itself, not that of its IdP', receiver.config.spEntityId),
  ...addressesOfTheIdp(receiver, 'not its entity id'),
]

export const notTheLogoutAddress: KnownTexts = ({ receiver }) => [
  text('the ACS of this realm, not its logout address', receiver.config.acsUrl),
  ...notAnAddress(receiver),
]

export const notTheAcs: KnownTexts = ({ receiver }) => [
  text('the logout address of this realm, not its ACS', receiver.config.logoutUrl),
  ...notAnAddress(receiver),
]

export const notTheAudience: KnownTexts = ({ receiver }) => [
  text('the ACS of this realm, not its entity id', receiver.config.acsUrl),
  text('the logout address of this realm, not its entity id', receiver.config.logoutUrl),
  text('the entity id of the IdP itself', receiver.config.idpEntityId),
  ...(receiver.otherRealms ?? []),
]

/** The ID that an answer is to give back is easily taken for another of its texts. */
export function notTheRequest({ id }: MessageHeader, { carried, query, receiver }: Received): readonly KnownText[] {
  return [
    text('the ID of this message itself', id),
    text('its RelayState', carried.carrier === 'query' ? query.get().parameters.get('RelayState') : undefined),
    ...(receiver.writtenRequests?.() ?? []).map(notPending),
  ]
}

/** A node remembers no request: what is pending is for its caller to say. */
const notPending = ({ id, kind, at }: WrittenRequest): KnownText =>
  text(
    `the ID of the ${kind} that this realm wrote at ${formatInstant(at)}, which is not among those that are said to be pending`,
    id,
  )

function notAnAddress(receiver: Receiver): readonly KnownText[] {
  const { spEntityId, idpEntityId } = receiver.config
  return [
    text('the entity id of this realm, not its address', spEntityId),
    text('the entity id of the IdP', idpEntityId),
    ...addressesOfTheIdp(receiver, 'not of this realm'),
    ...(receiver.otherRealms ?? []),
  ]
}

function addressesOfTheIdp({ idpMetadata }: Receiver, but: string): readonly KnownText[] {
  const { singleLogoutServices, singleSignOnServices } = idpMetadata()
  return [
    ...singleLogoutServices.map(({ location }) => text(`the logout address of the IdP, ${but}`, location)),
    ...singleSignOnServices.map(({ location }) => text(`the login address of the IdP, ${but}`, location)),
  ]
}
