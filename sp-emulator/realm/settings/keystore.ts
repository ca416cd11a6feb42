import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import forge from 'node-forge'
import type { KeyEntry } from './choose-keys.ts'

/**
 * Reads the private keys of a PKCS#12 file, whether openssl or keytool made it, in their order. A key without a name gets its number as one, as in Java.
 * @throws Error with a sentence for a person when it is none, the password does not open it, or a key has no certificate.
 */
export function readKeystore(octets: Buffer, password: string): readonly KeyEntry[] {
  if (octets.subarray(0, 4).equals(JKS_MAGIC)) {
    throw new Error('it is a JKS keystore; keytool -importkeystore -deststoretype pkcs12 makes one that can be read')
  }
  const bags = open(octets, password)
  const certificates = bags.filter(({ type }) => type === oids['certBag']).map(readCertificate)
  const keys = bags.filter(({ type }) => type === oids['pkcs8ShroudedKeyBag'] || type === oids['keyBag'])
  return keys.map((bag, index) => {
    const privateKey = readKey(bag)
    const certificate = certificates.find((each) => each.checkPrivateKey(privateKey))
    const alias = nameOf(bag) ?? String(index + 1)
    if (certificate === undefined) throw new Error(`the key [${alias}] has no certificate in it`)
    return { alias, privateKey, certificatePem: certificate.toString() }
  })
}

const JKS_MAGIC = Buffer.from('feedfeed', 'hex')
const { asn1, pkcs12, pki } = forge
const oids: Readonly<Record<string, string>> = pki.oids

function open(octets: Buffer, password: string): forge.pkcs12.Bag[] {
  try {
    const store = pkcs12.pkcs12FromAsn1(asn1.fromDer(octets.toString('binary')), password)
    return store.safeContents.flatMap(({ safeBags }) => safeBags)
  } catch (cause) {
    const isLocked = /password/i.test((cause as Error).message)
    throw new Error(isLocked ? 'its password is another' : 'it is no PKCS#12 keystore', { cause })
  }
}

// The library reads RSA into objects of its own, and leaves everything else as it is.
function readKey({ key, asn1: other }: forge.pkcs12.Bag): KeyObject {
  const encoded = key ? pki.wrapRsaPrivateKey(pki.privateKeyToAsn1(key)) : other
  return createPrivateKey({ key: derOf(encoded), format: 'der', type: 'pkcs8' })
}

function readCertificate({ cert, asn1: other }: forge.pkcs12.Bag): X509Certificate {
  return new X509Certificate(derOf(cert ? pki.certificateToAsn1(cert) : other))
}

const derOf = (value: forge.asn1.Asn1): Buffer => Buffer.from(asn1.toDer(value).getBytes(), 'binary')

function nameOf({ attributes }: forge.pkcs12.Bag): string | undefined {
  const { friendlyName } = attributes as { friendlyName?: readonly string[] }
  return friendlyName?.[0]
}
