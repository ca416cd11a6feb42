import type { Rule } from '#saml/rules/rule'
import { attributeOf } from '#saml/xml/element'
import { checkIsEntity } from '../directory/find-issuer.ts'
import { checkStillValid } from '../directory/valid-metadata.ts'
import type { Received } from './received.ts'
import { weakAlgorithm } from './signature-rules.ts'
import { Breach } from './tolerance.ts'

/** That the Issuer is a service provider that we know. */
const issuerRules: readonly Rule<Received>[] = [
  {
    ...{ rule: 'namesItsIssuer', code: 'SAML_ISSUER_MISSING', clause: 'saml-profiles-2.0 §4.1.4.1, §4.4.4' },
    ask: ({ issuer }) => void issuer.make(),
  },
  {
    ...{ rule: 'issuerIsAnEntity', code: 'SAML_ISSUER', clause: 'saml-core-2.0 §8.3.6' },
    ask: ({ issuer }) => checkIsEntity(issuer.get()),
  },
  {
    ...{ rule: 'knownIssuer', code: 'SAML_ISSUER', clause: 'saml-profiles-2.0 §4.1.4.1, §4.4.4' },
    ask: ({ sp }) => void sp.make(),
  },
  {
    ...{ rule: 'validMetadata', code: 'SAML_METADATA', clause: 'saml-metadata-2.0 §2.3.1, §2.3.2' },
    ask: ({ sp, now }) => checkStillValid(sp.get(), now),
  },
]

const signed: Rule<Received> = {
  ...{ rule: 'signed', code: 'SAML_UNSIGNED', clause: 'saml-profiles-2.0 §4.4.4.1, §4.4.4.2' },
  ask: (received) => {
    if (received.signed()) return
    const { entityId } = received.sp.get()
    const id = attributeOf(received.root.get(), 'ID')
    throw new Breach('unsigned', `the message ${id} of ${entityId} is not signed`, {
      expected: 'SigAlg and Signature',
      actual: 'neither',
    })
  },
}

/** That a signature, where there is one, is its Issuer's. */
const signatureRules: readonly Rule<Received>[] = [
  {
    ...{ rule: 'strongAlgorithms', code: 'SAML_ALGORITHM', clause: 'saml-bindings-2.0 §3.4.4.1' },
    ask: ({ asSigned }) => {
      const weak = weakAlgorithm(asSigned())
      if (weak === undefined) return
      throw new Breach('weakAlgorithms', `the ${weak.kind} algorithm [${weak.uri}] is too weak to be believed`)
    },
  },
  {
    ...{ rule: 'signedByItsIssuer', code: 'SAML_SIGNATURE', clause: 'saml-core-2.0 §5.4, saml-bindings-2.0 §3.4.4.1' },
    ask: ({ believed }) => void believed.make(),
  },
]

/** From whom an AuthnRequest comes, which need not have a signature. */
export const loginSenderRules: readonly Rule<Received>[] = [...issuerRules, ...signatureRules]

/** From whom a logout message comes, which must have one. */
export const logoutSenderRules: readonly Rule<Received>[] = [...issuerRules, signed, ...signatureRules]
