import { expect, test } from 'vitest'
import { BINDING } from '#saml/names'
import { trustCertificate } from '#saml/signature/trusted-key'
import { makeSp, noon } from '../sp.test-support.ts'
import type { TrustedSp } from './trusted-sp.ts'
import { readTrustedSp, type WrittenSp, writeTrustedSp } from './trusted-sp-text.ts'

const [orders, other] = await Promise.all([makeSp('orders'), makeSp('other')])
const throughJson = (sp: TrustedSp) => readTrustedSp(JSON.parse(JSON.stringify(writeTrustedSp(sp))) as WrittenSp)

const full: TrustedSp = {
  metadata: {
    ...orders.metadata,
    keyDescriptors: [
      ...orders.metadata.keyDescriptors,
      {
        use: 'encryption',
        key: trustCertificate(other.credential.certificate),
        encryptionMethods: [{ algorithm: 'urn:a', digestUri: 'urn:d' }],
      },
      { key: trustCertificate(other.credential.certificate) },
    ],
    singleLogoutServices: [{ binding: BINDING.soap, location: 'https://a.test/', responseLocation: 'https://b.test/' }],
    nameIdFormats: ['urn:f'],
    validUntil: noon,
    cacheMs: 1_000,
  },
  name: 'Orders',
  tolerate: ['unsigned'],
  nameIdFormat: 'urn:f',
  logoutBy: 'post',
  signedParts: 'both',
  lifetimes: { sessionSeconds: 60 },
  skewMs: 0,
  attributes: { 'urn:oid:1': 'uid' },
  encrypt: 'nameId',
}

test('all that is said of a service provider is the same when it was written as JSON and read again', () => {
  const { metadata, ...given } = throughJson(full)
  const { keyDescriptors, ...said } = metadata
  const { metadata: before, ...givenBefore } = full
  const { keyDescriptors: keysBefore, ...saidBefore } = before
  expect([given, said]).toEqual([givenBefore, saidBefore])
  const plain = (keys: typeof keyDescriptors) =>
    keys.map(({ key: { certificateBase64 }, ...rest }) => ({ ...rest, certificateBase64 }))
  expect(plain(keyDescriptors)).toEqual(plain(keysBefore))
})

test('a key that was written and read again verifies what it did before', () => {
  const [first] = throughJson(full).metadata.keyDescriptors
  expect(first?.key.key.equals(orders.credential.certificate.publicKey)).toBe(true)
  expect(first?.key.certificate.subject).toBe(orders.credential.certificate.subject)
})
