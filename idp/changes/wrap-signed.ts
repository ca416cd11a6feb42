import type { Credential } from '#saml/credentials'
import { signEnveloped } from '#saml/signature/enveloped-signature'
import type { Draft } from '../outbox/draft.ts'
import type { Wrapping } from './change-row.ts'

interface How {
  readonly wrapping: Wrapping
  readonly credential: Credential
}

/** An element that was signed, and the forged one that is to be taken for it. */
interface Wrapped {
  /** As it was signed. */
  readonly genuine: string
  readonly signature: string
  /** Without its signature, and with the right ID. */
  readonly bare: string
  /** Without a signature, about somebody else, under an ID of its own. */
  readonly forged: string
}

/**
 * The eight classic wrappings (Somorovsky et al., "On Breaking SAML", 2012, in the numbering of SAML Raider): a forged message or Assertion borrows the
 * signature of the genuine one, which is carried along where a careless reader does not look. 1, 2: the message; 3 to 6: the Assertion; 7, 8: the Assertion,
 * or the message where there is none.
 */
export async function wrapSigned(document: string, draft: Draft, { wrapping, credential }: How): Promise<string> {
  const [assertion] = draft.kind === 'Response' ? draft.fields.assertions : []
  if (wrapping < 3 || assertion === undefined) {
    const wrapped = partsOf(await signEnveloped(document, draft.fields.id, credential), /^(.*)$/s)
    return declaration + messageWrappings[wrapping](wrapped)
  }
  const signed = await signEnveloped(document, assertion.id, credential)
  const wrapped = partsOf(signed, /(<saml2:Assertion\b.*<\/saml2:Assertion>)/s)
  return signed.replace(wrapped.genuine, () => assertionWrappings[wrapping](wrapped))
}

const declaration = '<?xml version="1.0" encoding="UTF-8"?>'

function partsOf(signed: string, element: RegExp): Wrapped {
  const [, found = ''] = element.exec(signed) ?? []
  const genuine = found.replace(/^<\?xml[^>]*\?>/, '')
  const [signature = ''] = /<ds:Signature\b.*<\/ds:Signature>/s.exec(genuine) ?? []
  const bare = genuine.replace(signature, () => '')
  return { genuine, signature, bare, forged: forge(bare) }
}

/** Another ID, and another user where one is named. */
const forge = (bare: string): string =>
  bare.replace(/ ID="[^"]*"/, ' ID="_forged"').replace(/(<saml2:NameID\b[^>]*>)[^<]*/, '$1forged')

const behindIssuer = (element: string, what: string) =>
  element.replace(element.includes('</saml2:Issuer>') ? '</saml2:Issuer>' : /<[^>]*>/, (tag) => tag + what)
const inSignature = (signature: string, what: string) => signature.replace(/<\/ds:Signature>$/, (tag) => what + tag)
const inObject = (signature: string, what: string) => inSignature(signature, `<ds:Object>${what}</ds:Object>`)
const extensions = (what: string) =>
  `<saml2p:Extensions xmlns:saml2p="urn:oasis:names:tc:SAML:2.0:protocol">${what}</saml2p:Extensions>`

/** The forged message is the root. */
const messageWrappings: Readonly<Record<Wrapping, (wrapped: Wrapped) => string>> = {
  1: ({ forged, signature, bare }) => behindIssuer(forged, inSignature(signature, bare)),
  2: ({ forged, signature, bare }) => behindIssuer(forged, bare + signature),
  3: noAssertion,
  4: noAssertion,
  5: noAssertion,
  6: noAssertion,
  7: ({ forged, signature, bare }) => behindIssuer(forged, signature + extensions(bare)),
  8: ({ forged, signature, bare }) => behindIssuer(forged, inObject(signature, bare)),
}

function noAssertion(): never {
  throw new TypeError('what cannot be made was to be told before')
}

/** What stands in the place of the signed Assertion. */
const assertionWrappings: Readonly<Record<Wrapping, (wrapped: Wrapped) => string>> = {
  1: noAssertion,
  2: noAssertion,
  3: ({ forged, genuine }) => forged + genuine,
  4: ({ forged, genuine }) => forged.replace(/<\/saml2:Assertion>$/, (tag) => genuine + tag),
  5: ({ forged, signature, bare }) => behindIssuer(forged, signature) + bare,
  6: ({ forged, signature, bare }) => behindIssuer(forged, inSignature(signature, bare)),
  7: ({ forged, genuine }) => extensions(forged) + genuine,
  8: ({ forged, signature, bare }) => behindIssuer(forged, inObject(signature, bare)),
}
