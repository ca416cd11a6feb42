import { createHash, createVerify } from 'node:crypto'
import { exclusiveForms } from '#saml/oracles.test-support'
import { credential } from './changes.test-support.ts'

const between = (document: string, expression: RegExp): string => expression.exec(document)?.[1] ?? ''

interface Signed {
  /** The one element that the Reference names, wherever it stands, as the signature covers it: enveloped, so without its own signature. */
  readonly covered: string
  readonly signedInfo: string
  readonly digest: string
  readonly value: Buffer
}

function signedIn(document: string): Signed {
  const signature = between(document, /(<ds:Signature .*<\/ds:Signature>)/s)
  const id = between(signature, /URI="#([^"]*)"/)
  const [start = '', name] = new RegExp(`<(saml2p?:\\w+) [^>]*ID="${id}"`).exec(document) ?? []
  const genuine = between(document, new RegExp(`(${start}.*?</${name}>)`, 's'))
  const signedInfo = between(signature, /(<ds:SignedInfo>.*<\/ds:SignedInfo>)/s)
  return {
    covered: genuine.replace(/<ds:Signature .*<\/ds:Signature>/s, ''),
    signedInfo: signedInfo.replace('>', ' xmlns:ds="http://www.w3.org/2000/09/xmldsig#">'),
    digest: between(signature, /<ds:DigestValue>([^<]*)/),
    value: Buffer.from(between(signature, /<ds:SignatureValue>([^<]*)/), 'base64'),
  }
}

/** Whether what each document's Reference names is what its signature, by the key of `credential`, covers. xmllint writes the canonical forms. */
export async function coverTheirReferences(documents: readonly string[]): Promise<boolean[]> {
  const all = documents.map(signedIn)
  const forms = await exclusiveForms(all.flatMap(({ covered, signedInfo }) => [covered, signedInfo]))
  return all.map(({ digest, value }, index) => {
    const [covered = '', octets = ''] = forms.slice(2 * index)
    const isSigned = createVerify('sha256').update(octets).verify(credential.certificate.publicKey, value)
    return isSigned && digest === createHash('sha256').update(covered).digest('base64')
  })
}
