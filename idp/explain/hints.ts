import type { MessageHeader } from '#saml/messages/header'
import { signingKeysOf } from '#saml/metadata/role'
import { compared } from '#saml/rules/hints/compared'
import { hintForDocumentSignature } from '#saml/rules/hints/document-signature'
import type { Hint, Hints } from '#saml/rules/hints/hint'
import type { KnownKey } from '#saml/rules/hints/known-key'
import { hintForQuerySignature } from '#saml/rules/hints/query-signature'
import { hintForTime } from '#saml/rules/hints/time'
import { hintForValidity } from '#saml/rules/hints/validity'
import type { Presented } from '#saml/rules/presented'
import { type TrustedKey, trustCertificate } from '#saml/signature/trusted-key'
import type { Received } from '../inbox/received.ts'
import type { IdpParts } from '../parts.ts'
import { freshForMs, type ReceivedLogoutRequest } from '../slo/logout-request-rules.ts'

/** What an IdP knows that could have been meant by mistake, and what carried the message. */
interface Surroundings {
  readonly parts: IdpParts
  readonly presented: Presented
}

const noReceiver =
  'an identity provider receives no Response: the service provider that it is for can explain it, such as Elasticsearch'

/** What would have made the rules about any message hold. */
export function receivedHints<Message extends MessageHeader>(surroundings: Surroundings): Hints<Received<Message>> {
  const { parts } = surroundings
  return {
    allowedBySchema: ({ raw }) => hintForValidity(raw.document.toString()),
    expectedMessage: ({ xml }) => (xml.get().key === 'samlp:Response' ? noReceiver : undefined),
    knownIssuer: (received) =>
      received.isOurOwn()
        ? 'this identity provider wrote it: it is for who was to receive it'
        : compared(() => [])(received, { expected: entityIds(parts), actual: received.issuer.get().text }),
    signedByItsIssuer: (received) => ofSignature(received, surroundings),
    ownDestination: compared(() => addressesOf(parts)),
  }
}

/** And those about when a LogoutRequest is to be acted upon. */
export const requestHints: Hints<ReceivedLogoutRequest> = {
  notExpired: ofTime(({ notOnOrAfter }) => ({ notOnOrAfter })),
  notFromTheFuture: ofTime(({ issueInstant }) => ({ notBefore: issueInstant })),
  notStale: ofTime(({ issueInstant }) => ({ notOnOrAfter: issueInstant + freshForMs })),
}

type Bounds = Pick<Parameters<typeof hintForTime>[0], 'notBefore' | 'notOnOrAfter'>
type Request = ReturnType<ReceivedLogoutRequest['message']>

function ofTime(boundsOf: (request: Request) => Bounds): Hint<ReceivedLogoutRequest> {
  return ({ now, skewMs, message }) => {
    const request = message()
    return hintForTime({ now, skewMs: skewMs(), issueInstant: request.issueInstant, ...boundsOf(request) })
  }
}

function ofSignature<Message extends MessageHeader>(
  { sp, root, raw }: Received<Message>,
  { parts, presented }: Surroundings,
): string | undefined {
  const known = { keys: signingKeysOf(sp.get()), otherKeys: keysOfOthers(parts, sp.get().entityId) }
  if (raw.signature.kind === 'signed' && presented.carrier === 'query') {
    return hintForQuerySignature({ rawQuery: presented.queryString, ...known })
  }
  const element = root.get()
  return hintForDocumentSignature({ document: raw.document.toString(), root: element, element, ...known })
}

/** Keys that the sender could have signed with by mistake, or somebody in its place. */
function keysOfOthers({ serviceProviders, config }: IdpParts, sender: string): readonly (KnownKey & TrustedKey)[] {
  const own = config.keys.published().map(({ certificate }) => {
    return { ...trustCertificate(certificate), label: 'the key of this identity provider itself' }
  })
  const others = serviceProviders.list().flatMap(({ metadata: { entityId, keyDescriptors } }) => {
    const unfit = keyDescriptors.filter(({ use }) => entityId !== sender || use === 'encryption')
    return unfit.map(({ use, key }) => ({
      ...key,
      label: use === 'encryption' ? `the encryption key of ${entityId}` : `the key of ${entityId}`,
    }))
  })
  return [...own, ...others].slice(0, mostKeys)
}

/** A document is verified with each, and of a federation there may be thousands. */
const mostKeys = 64

function addressesOf({ config: { entityId, endpoints } }: IdpParts) {
  return [
    { label: 'the address for AuthnRequests', value: endpoints.ssoUrl },
    { label: 'the address for logout messages by a browser', value: endpoints.sloUrl },
    { label: 'the address for logout messages by SOAP', value: endpoints.sloSoapUrl },
    { label: 'the entity id of this identity provider', value: entityId },
  ]
}

const entityIds = ({ serviceProviders }: IdpParts): readonly string[] =>
  serviceProviders.list().map(({ metadata }) => metadata.entityId)
