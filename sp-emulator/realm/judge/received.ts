import { asFarAsItCanBeRead } from '#saml/rules/as-far-as-it-can-be-read'
import { Part } from '#saml/rules/part'
import { Unaskable } from '#saml/rules/unaskable'
import { childOf, type XmlElement } from '#saml/xml/element'
import { type ReceivedQuery, readQuery } from '../query-string.ts'
import { refuse } from '../refusals.ts'
import { checkKind, decodeMessage, inflateMessage, readDocument } from './message.ts'
import type { Receiver } from './receiver.ts'
import { judgeEmbeddedSignature, type QuerySignature, querySignatureOf } from './signatures.ts'

/** What carried a message here, as far as it is known. */
export type Carried =
  | { readonly carrier: 'query'; readonly queryString: string }
  /** In base64, from a form; undefined when the form has none. */
  | { readonly carrier: 'content'; readonly content: string | undefined }
  /** The XML alone. */
  | { readonly carrier: 'document'; readonly document: Buffer }

export type Kind = 'LogoutRequest' | 'LogoutResponse' | 'Response'

/** The name of what carries a message of this kind. */
const parameterOf = (kind: Kind): 'SAMLRequest' | 'SAMLResponse' =>
  kind === 'LogoutRequest' ? 'SAMLRequest' : 'SAMLResponse'

/** A message that came to a receiver: nothing of it has been looked at, and each part is made when a rule first looks. */
export class Received {
  readonly carried: Carried
  readonly kind: Kind
  readonly receiver: Receiver

  readonly query = new Part<ReceivedQuery>('no query string could be read', () => readQuery(this.#queryString()))
  readonly querySignature = new Part<QuerySignature | undefined>('the signature of the query could not be read', () =>
    querySignatureOf(this.query.get()),
  )
  readonly encoded = new Part<string>('no message could be found', () => this.#encoded())
  readonly octets = new Part<Buffer>('the message could not be decoded', () => decodeMessage(this.encoded.get()))
  readonly document = new Part<Buffer>('no document could be read', () => this.#document())
  /** Of whatever message it is. */
  readonly root = new Part<XmlElement>('no document could be read', () => readDocument(this.document.get()))
  /** Of a message of this kind. */
  readonly message = new Part<XmlElement>('it is another message', () => checkKind(this.root.get(), this.kind))
  /** What the signature in the root covers, where it has one. */
  readonly covered = new Part<XmlElement>('the signature of the document does not verify', () => this.#covered())

  constructor(carried: Carried, kind: Kind, receiver: Receiver) {
    this.carried = carried
    this.kind = kind
    this.receiver = receiver
  }

  /** Whether the document itself is signed. */
  isSigned(): boolean {
    return hasSignature(this.message.get())
  }

  /** The root as far as it is to be believed: as its own signature covers it, or, where it has none, as the query brought it. */
  believed(): XmlElement {
    if (!this.isSigned()) return this.message.get()
    if (!this.receiver.explains) return this.covered.get()
    return asFarAsItCanBeRead(() => this.covered.get()) ?? this.message.get()
  }

  #queryString(): string {
    if (this.carried.carrier === 'query') return this.carried.queryString
    throw new Unaskable(this.carried.carrier === 'document' ? cameAlone : 'it came in a form, not in a query')
  }

  #encoded(): string {
    if (this.carried.carrier === 'document') throw new Unaskable(cameAlone)
    const parameter = parameterOf(this.kind)
    if (this.carried.carrier === 'content') {
      if (this.carried.content !== undefined) return this.carried.content
      throw refuse('SAML_MESSAGE_MISSING', `the form has no field [${parameter}]`, { expected: parameter })
    }
    const { parameters, raw } = this.query.get()
    const encoded = parameters.get(parameter)
    if (encoded !== undefined) return encoded
    const facts = { expected: parameter, actual: [...parameters.keys()] }
    throw refuse('SAML_MESSAGE_MISSING', `Could not parse ${parameter} from query string: [${raw}]`, facts)
  }

  #document(): Buffer {
    if (this.carried.carrier === 'document') return this.carried.document
    const octets = this.octets.get()
    return this.carried.carrier === 'query' ? inflateMessage(octets) : octets
  }

  #covered(): XmlElement {
    const root = this.message.get()
    return judgeEmbeddedSignature({ document: this.document.get(), root, element: root }, this.receiver)
  }
}

export const cameAlone = 'the document came alone: nobody knows what carried it'

export const hasSignature = (element: XmlElement): boolean => childOf(element, 'ds:Signature') !== undefined
