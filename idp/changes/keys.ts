import { z } from 'zod'
import { findSignatureAlgorithm, fitsKey, type SignatureAlgorithm } from '#saml/algorithms'
import type { Credential } from '#saml/credentials'
import { type ChangeParts, row } from './change-row.ts'
import { getOddKey } from './odd-keys.ts'

const uris = {
  'rsa-sha1': 'http://www.w3.org/2000/09/xmldsig#rsa-sha1',
  'rsa-sha256': 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  'rsa-sha384': 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha384',
  'rsa-sha512': 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512',
  'ecdsa-sha256': 'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256',
} as const

type AlgorithmName = keyof typeof uris

const names = z.enum(Object.keys(uris) as [AlgorithmName, ...AlgorithmName[]])

/** Every name stands for an algorithm that is understood. */
const algorithmOf = (name: AlgorithmName) => findSignatureAlgorithm(uris[name]) as SignatureAlgorithm

export const algorithm = row({
  point: 'signing',
  values: z.union([names, z.strictObject({ says: names, is: names })]),
  says: 'Signs by another algorithm, or says another than it signs by.',
  onTheWire:
    'SigAlg, or the SignatureMethod in the document; says: what is written there, is: what the signature is made by.',
  bugs: ['A10', 'A11'],
  whyNot: (value, { parts }) => {
    const wanted = typeof value === 'string' ? value : value.is
    const { privateKey } = parts.config.keys.signing()
    if (fitsKey(algorithmOf(wanted), privateKey)) return undefined
    return `${wanted} is not for a key of type ${privateKey.asymmetricKeyType}, which the IdP signs with`
  },
  make: (signing, value) => {
    const { says, is } = typeof value === 'string' ? { says: value, is: value } : value
    return { ...signing, credential: { ...signing.credential, signsWith: { says: uris[says], is: algorithmOf(is) } } }
  },
})

const keyNames = ['current', 'previous', 'next', 'foreign', 'expired'] as const

export const key = row({
  point: 'signing',
  values: z.enum(keyNames),
  says: 'Signs with another key.',
  onTheWire:
    'previous: the key before the last roll-over; next: the one that is announced; foreign: one of nobody; expired: one whose certificate is past its end. Each is made when it is first used and there is none, and is published only by a roll-over.',
  bugs: ['A15', 'A18'],
  make: async (signing, value, { parts }) => ({ ...signing, credential: await credentialOf(parts, value) }),
})

function credentialOf({ config }: ChangeParts, name: (typeof keyNames)[number]): Credential | Promise<Credential> {
  const { keys } = config
  if (name === 'current') return keys.signing()
  const known = { previous: keys.previous(), next: keys.announced(), foreign: undefined, expired: undefined }[name]
  return known ?? getOddKey(config, name)
}
