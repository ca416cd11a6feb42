import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Credential } from '#saml/credentials'
import type { IdpMetadata } from '#saml/metadata/idp-metadata'
import type { TrustedKey } from '#saml/signature/trusted-key'
import { settableClock } from '#server/clock'
import { baseIdpMetadata, idpKey, noon, signedBy, spKey, strangerKey } from '../test-realm.test-support.ts'
import { WithdrawnKeys } from './withdrawn-keys.ts'

const naming = (...keys: readonly Credential[]): IdpMetadata => ({ ...baseIdpMetadata, ...signedBy(...keys) })

function remembered() {
  const clock = settableClock(noon)
  const withdrawn = new WithdrawnKeys(clock)
  const certificates = () => withdrawn.list().map(({ key, until }) => [key.certificate.subject, until - noon])
  return { clock, withdrawn, certificates }
}

test('a key is withdrawn from when the metadata is first read without it, and not when it is named again', () => {
  const { clock, withdrawn, certificates } = remembered()
  withdrawn.note(naming(idpKey))
  expect(certificates()).toEqual([])
  clock.advance(1_000)
  withdrawn.note(naming(strangerKey))
  clock.advance(1_000)
  withdrawn.note(naming(spKey))
  expect(certificates()).toEqual([
    [strangerKey.certificate.subject, 2_000],
    [idpKey.certificate.subject, 1_000],
  ])
  withdrawn.note(naming(spKey, idpKey))
  expect(certificates()).toEqual([[strangerKey.certificate.subject, 2_000]])
})

test('a key for encryption was never one for signatures', () => {
  const { withdrawn, certificates } = remembered()
  const forEncryption = naming(idpKey).keyDescriptors.map(({ key }) => ({ key, use: 'encryption' }) as const)
  withdrawn.note({ ...baseIdpMetadata, keyDescriptors: forEncryption })
  withdrawn.note(naming(spKey))
  expect(certificates()).toEqual([])
})

test('the seven newest keys are remembered', () => {
  const { clock, withdrawn } = remembered()
  for (let each = 0; each < 9; each += 1) {
    clock.advance(1_000)
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    withdrawn.note({ ...baseIdpMetadata, keyDescriptors: [{ key: { key: publicKey } as TrustedKey }] })
  }
  expect(withdrawn.list().map(({ until }) => (until - noon) / 1_000)).toEqual([9, 8, 7, 6, 5, 4, 3])
})
