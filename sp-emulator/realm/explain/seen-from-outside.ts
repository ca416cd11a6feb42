import { SamlError } from '#saml/errors'
import { asFarAsItCanBeRead } from '#saml/rules/as-far-as-it-can-be-read'
import type { Judgement, Presented } from '#saml/rules/presented'
import type { XmlElement } from '#saml/xml/element'
import { readXml } from '#saml/xml/read'
import { type Carried, Received } from '../judge/received.ts'
import type { Receiver } from '../judge/receiver.ts'

type Kind = NonNullable<Judgement['kind']>

/** A message before anybody judges it. */
interface Seen {
  readonly carried: Carried
  /** By its root, as far as that can be read. */
  readonly kind: Kind | null
  /** What it has to be taken for: by its root, else by what carried it. */
  readonly judgedAs: Kind
  readonly document: string | null
  /** The root of what is well-formed, be it valid or not. */
  readonly element: XmlElement | undefined
}

/** Looks at a message as far as it can be read. */
export function seenFromOutside(presented: Presented, receiver: Receiver): Seen {
  const isRequest = carriesARequest(presented)
  const carried = carriedBy(presented, isRequest ? 'SAMLRequest' : 'SAMLResponse')
  const received = new Received(carried, isRequest ? 'LogoutRequest' : 'LogoutResponse', receiver)
  const document = asFarAsItCanBeRead(() => received.document.get().toString('utf8'))
  const element = document === undefined ? undefined : wellFormed(document)
  const kind = kinds.get(element?.key ?? '') ?? null
  return { carried, kind, judgedAs: takenFor(presented, isRequest, kind), document: document ?? null, element }
}

const kinds: ReadonlyMap<string, Kind> = new Map(
  (['AuthnRequest', 'LogoutRequest', 'Response', 'LogoutResponse'] as const).map((kind) => [`samlp:${kind}`, kind]),
)

function carriesARequest(presented: Presented): boolean {
  if (presented.carrier === 'form') return presented.fields['SAMLRequest'] !== undefined
  if (presented.carrier === 'document') return true
  return presented.queryString.includes('SAMLRequest=') || !presented.queryString.includes('SAMLResponse=')
}

function carriedBy(presented: Presented, parameter: string): Carried {
  if (presented.carrier === 'query') return presented
  if (presented.carrier === 'form') return { carrier: 'content', content: presented.fields[parameter] }
  return { carrier: 'document', document: Buffer.from(presented.document) }
}

function takenFor({ carrier }: Presented, isRequest: boolean, kind: Kind | null): Kind {
  const fitting = carrier === 'document' ? [...kinds.values()] : isRequest ? requests : responses
  const byRoot = fitting.find((each) => each === kind)
  if (byRoot !== undefined) return byRoot
  if (isRequest) return 'LogoutRequest'
  return carrier === 'form' ? 'Response' : 'LogoutResponse'
}

const requests: readonly Kind[] = ['AuthnRequest', 'LogoutRequest']
const responses: readonly Kind[] = ['Response', 'LogoutResponse']

function wellFormed(document: string): XmlElement | undefined {
  try {
    return readXml(document)
  } catch (error) {
    if (error instanceof SamlError) return undefined
    throw error
  }
}
