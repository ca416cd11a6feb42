import { asFarAsItCanBeRead } from '#saml/rules/as-far-as-it-can-be-read'
import type { Judgement, Presented } from '#saml/rules/presented'
import { attributeOf, childOf, type XmlElement } from '#saml/xml/element'
import { readXml } from '#saml/xml/read'
import type { Endpoints } from '../endpoints.ts'
import { attempt } from '../inbox/attempt.ts'
import type { MessageKind } from '../inbox/received.ts'
import type { IdpParts } from '../parts.ts'
import { carry } from './carried.ts'
import type { Circumstances, KindJudgement } from './kind-judgement.ts'
import { kinds } from './kinds.ts'

/** What an IdP would make of a message. */
export type IdpJudgement = Judgement & Omit<KindJudgement, 'xml'>

/**
 * What this IdP would make of a message, told by each of its rules (`spec/contract.md` §2.4). Nothing is changed by it, logged or sent. A message that went to
 * none of our addresses is judged as if it had come to the one for its kind.
 */
export async function explain(
  parts: IdpParts,
  presented: Presented,
  circumstances: Circumstances = {},
): Promise<IdpJudgement> {
  const { endpoints } = parts.config
  const kind = receivedAs(presented, endpoints)
  const { binding, checks, raw } = carry(presented, addressOf(presented, { kind, endpoints }))
  const { xml, ...judged } = await kinds[kind](parts, { raw, presented }, circumstances)
  const document = asFarAsItCanBeRead(() => raw.document.toString()) ?? null
  return { ...describe(xml), binding, document, ...judged, checks: [...checks(), ...judged.checks] }
}

/** As what it is received: at an address of ours by that and by what the binding calls it, elsewhere by its root. */
function receivedAs(presented: Presented, { ssoUrl, sloUrl, sloSoapUrl }: Endpoints): MessageKind<unknown>['name'] {
  const { address = '' } = presented
  if (address === ssoUrl) return 'AuthnRequest'
  const { raw } = carry(presented, address)
  const root = asFarAsItCanBeRead(() => attempt(() => readXml(raw.document)))
  const isElsewhere = address !== sloUrl && address !== sloSoapUrl
  if (isElsewhere && root !== undefined && 'key' in root && root.key === 'samlp:AuthnRequest') return 'AuthnRequest'
  return asFarAsItCanBeRead(() => raw.kind) === 'SAMLResponse' ? 'LogoutResponse' : 'LogoutRequest'
}

interface Place {
  readonly kind: MessageKind<unknown>['name']
  readonly endpoints: Endpoints
}

/** Our address at which it is received; what comes by SOAP has one of its own. */
function addressOf(presented: Presented, { kind, endpoints }: Place): string {
  if (kind === 'AuthnRequest') return endpoints.ssoUrl
  return carry(presented, '').binding === 'soap' ? endpoints.sloSoapUrl : endpoints.sloUrl
}

const kindNames = ['AuthnRequest', 'Response', 'LogoutRequest', 'LogoutResponse'] as const

function describe(xml: XmlElement | undefined): Pick<Judgement, 'kind' | 'id' | 'from' | 'to'> {
  if (xml === undefined) return { kind: null, id: null, from: null, to: null }
  return {
    kind: kindNames.find((name) => xml.key === `samlp:${name}`) ?? null,
    id: attributeOf(xml, 'ID') ?? null,
    from: childOf(xml, 'saml:Issuer')?.text ?? null,
    to: attributeOf(xml, 'Destination') ?? null,
  }
}
