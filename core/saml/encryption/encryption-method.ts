import { attributeOf, childOf, type XmlElement } from '../xml/element.ts'

/** What an EncryptionMethod says, of data, of a key or in metadata (xmlenc-core1 §3.2, saml-metadata-2.0 §2.4.1.1). */
export interface EncryptionMethod {
  readonly algorithm: string
  /** Of OAEP: the digest of its label, and its mask generation. */
  readonly digestUri?: string | undefined
  readonly maskUri?: string | undefined
}

export function readEncryptionMethod(element: XmlElement): EncryptionMethod {
  return {
    algorithm: attributeOf(element, 'Algorithm') ?? '',
    digestUri: algorithmOf(element, 'ds:DigestMethod'),
    maskUri: algorithmOf(element, 'xenc11:MGF'),
  }
}

function algorithmOf(method: XmlElement, key: string): string | undefined {
  const element = childOf(method, key)
  return element && attributeOf(element, 'Algorithm')
}
