import { idp as recipient, stranger } from '../credentials.test-support.ts'
import { nameIdElement } from '../messages/name-id.ts'
import { writeFragment } from '../xml/build.ts'
import { readXml } from '../xml/read.ts'
import { decryptElement } from './decrypt-element.ts'
import { type EncryptionChoice, encryptElement } from './encrypt-element.ts'

export { recipient, stranger }

/** What is encrypted in these tests. */
export const plaintext = writeFragment(nameIdElement({ value: 'alice', format: 'urn:oasis:format' }))

export const encrypted = (choice: Partial<EncryptionChoice> = {}, element = plaintext): string =>
  writeFragment(encryptElement(element, 'EncryptedID', { recipients: [recipient.certificate.publicKey], ...choice }))

/** Decrypts a document whose root is encrypted, and answers the octets that came out. */
export const decrypt = (document: string, keys = [recipient.privateKey]): string =>
  decryptElement(readXml(document), keys).document.toString('utf8')
