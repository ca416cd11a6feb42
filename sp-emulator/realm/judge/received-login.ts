import { type Assertion, parseAssertion } from '#saml/messages/assertion'
import { parseResponse, type ReceivedResponse } from '#saml/messages/response'
import { asFarAsItCanBeRead } from '#saml/rules/as-far-as-it-can-be-read'
import { Part } from '#saml/rules/part'
import { childOf, type XmlElement } from '#saml/xml/element'
import { refuse } from '../refusals.ts'
import type { SamlPrincipal } from '../saml-realm.ts'
import { mapPrincipal } from '../user/user-attributes.ts'
import { failedToDecrypt, openAttribute, openEncrypted } from './open-encrypted.ts'
import { type Carried, hasSignature, Received } from './received.ts'
import { known, type Receiver } from './receiver.ts'
import { judgeEmbeddedSignature } from './signatures.ts'

/** Where an Assertion stands: in the Response, or alone in what was encrypted. */
interface FoundAssertion {
  readonly document: Buffer
  readonly root: XmlElement
  /** As it came; its signature is judged where it stands. */
  readonly element: XmlElement
  /** What the signature of the Response covers of it, if there is one. */
  readonly covered: XmlElement
}

/** A Response that came to a receiver. Everything about the user is read from what a signature covered. */
export class ReceivedLogin extends Received {
  readonly response = new Part<ReceivedResponse>('no Response could be read', () => parseResponse(this.believed()))
  /** The first, whether opened or written in plain text. */
  readonly found = new Part<FoundAssertion>('no Assertion could be found', () => this.#found())
  /** What the signature in the Assertion covers, where it has one. */
  readonly coveredAssertion = new Part<XmlElement>('the signature of the Assertion does not verify', () =>
    judgeEmbeddedSignature(this.found.get(), this.receiver),
  )
  readonly assertion = new Part<Assertion>('no Assertion could be read', () =>
    parseAssertion(this.#believedAssertion(), (encrypted) => openAttribute(encrypted, this.receiver)),
  )
  readonly principal = new Part<SamlPrincipal>('nobody could be made out', () => this.#principal())

  constructor(carried: Carried, receiver: Receiver) {
    super(carried, 'Response', receiver)
  }

  isAssertionSigned(): boolean {
    return hasSignature(this.found.get().element)
  }

  #found(): FoundAssertion {
    const { encryptedAssertionElements, assertionElements } = this.response.get()
    const [encrypted] = encryptedAssertionElements
    if (encrypted !== undefined) {
      const opened = openEncrypted(encrypted, 'assertion', this.receiver)
      if (opened.element.key !== 'saml:Assertion') throw failedToDecrypt(encrypted, 'assertion')
      return { ...opened, root: opened.element, covered: opened.element }
    }
    const root = this.message.get()
    const element = childOf(root, 'saml:Assertion')
    const [covered] = assertionElements
    if (element === undefined || covered === undefined) throw noAssertion()
    return { document: this.document.get(), root, element, covered }
  }

  #believedAssertion(): XmlElement {
    const { covered } = this.found.get()
    if (!this.isAssertionSigned()) return covered
    if (!this.receiver.explains) return this.coveredAssertion.get()
    return asFarAsItCanBeRead(() => this.coveredAssertion.get()) ?? covered
  }

  #principal(): SamlPrincipal {
    const { config } = this.receiver
    const attributes = known(config.attributes, 'from which attributes the receiver takes its users')
    return mapPrincipal(this.assertion.get(), { ...config, attributes })
  }
}

export const noAssertion = () =>
  refuse('SAML_ASSERTION', 'No assertions found in SAML response', { expected: 1, actual: 0 })
