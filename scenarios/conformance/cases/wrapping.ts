import { authenticate } from '../api.ts'
import { section } from '../case.ts'
import { makeResponse, newPerson } from '../messages.ts'
import { expectLoginRefused } from '../refusals.ts'
import type { Target } from '../target.ts'

const onlyOne = 'Expecting only 1 assertion'
const notParsed = 'Failed to parse SAML message'

/** What the attacker has: a signed message, cut into its parts, and the same parts of their own making. */
interface Parts {
  readonly xml: string
  readonly signature: string
  /** The signed element, with and without its signature. */
  readonly signed: string
  readonly bare: string
  /** The signed element in the attacker's words, without a signature. */
  readonly forged: string
  readonly forgedXml: string
}

async function cut(target: Target, part: 'assertion' | 'response'): Promise<Parts> {
  const person = newPerson()
  const xml = await makeResponse(target, 'plain', { person, signs: [part] })
  const signature = /<ds:Signature.*<\/ds:Signature>/s.exec(xml)?.[0] ?? ''
  const element =
    part === 'assertion' ? /<saml2:Assertion.*<\/saml2:Assertion>/s : /<saml2p:Response.*<\/saml2p:Response>/s
  const signed = element.exec(xml)?.[0] ?? ''
  const bare = signed.replace(signature, '')
  const forge = (text: string) => text.replaceAll(person.nameId.value, 'superuser').replace(/ ID="_/, ' ID="_forged')
  return { xml, signature, signed, bare, forged: forge(bare), forgedXml: forge(xml.replace(signature, '')) }
}

/** The signature behind the Issuer, where the schema has it. */
const withSignature = (element: string, signature: string) =>
  element.replace(/<\/saml2:Issuer>/, (end) => `${end}${signature}`)

const inside = (element: string, content: string) => element.replace(/<\/[^<]*>$/, (end) => `${content}${end}`)

/** The wrapped message is refused for this reason. */
const refuses =
  (part: 'assertion' | 'response', wrap: (parts: Parts) => string, logged: string) => async (target: Target) =>
    expectLoginRefused(await authenticate(target, 'plain', wrap(await cut(target, part))), target, logged)

const signatureAround = ({ signature, bare }: Parts) => inside(signature, bare)

export const wrappings = section('11.9 authenticate: signature wrapping', [
  {
    number: 73,
    title: 'a forged Response around the original in its signature',
    asks: 'wire',
    run: refuses('response', (parts) => withSignature(parts.forgedXml, inside(parts.signature, parts.bare)), notParsed),
  },
  {
    number: 74,
    title: 'a forged Response with the original as its child',
    asks: 'wire',
    run: refuses('response', ({ forgedXml, signed }) => inside(forgedXml, signed), notParsed),
  },
  {
    number: 75,
    title: 'a forged assertion beside the signed one',
    asks: 'wire',
    run: refuses('assertion', ({ xml, signed, forged }) => xml.replace(signed, () => `${forged}${signed}`), onlyOne),
  },
  {
    number: 76,
    title: 'the signed assertion inside a forged one',
    asks: 'wire',
    run: refuses(
      'assertion',
      ({ xml, signed, forged }) => xml.replace(signed, () => inside(forged, signed)),
      notParsed,
    ),
  },
  {
    number: 77,
    title: 'the signature on a forged assertion with the original beside it',
    asks: 'wire',
    run: refuses(
      'assertion',
      ({ xml, signed, signature, bare, forged }) =>
        xml.replace(signed, () => `${withSignature(forged, signature)}${bare}`),
      onlyOne,
    ),
  },
  {
    number: 78,
    title: 'the signature around the original in a forged assertion',
    asks: 'wire',
    run: refuses(
      'assertion',
      (parts) => parts.xml.replace(parts.signed, () => withSignature(parts.forged, signatureAround(parts))),
      notParsed,
    ),
  },
])
