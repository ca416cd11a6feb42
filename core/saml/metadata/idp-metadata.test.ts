import { expect, test } from 'vitest'
import { idp, stranger } from '../credentials.test-support.ts'
import { BINDING } from '../names.ts'
import { judgeSchema } from '../oracles.test-support.ts'
import { parseIdpMetadata, writeIdpMetadata } from './idp-metadata.ts'
import { idpMetadata } from './metadata.test-support.ts'
import { findEndpoint, signingKeysOf } from './role.ts'

const document = writeIdpMetadata(idpMetadata)
const parsed = parseIdpMetadata(document)

test('what is written is read as the same metadata', () => {
  const { keyDescriptors, ...others } = parsed
  expect({ ...others, keyDescriptors: [] }).toEqual({ ...idpMetadata, keyDescriptors: [] })
  expect(keyDescriptors.map(({ use, key }) => [use, key.certificateBase64])).toEqual(
    idpMetadata.keyDescriptors.map(({ use, key }) => [use, key.certificateBase64]),
  )
})

test('what is written is valid under the schema of OASIS', async () => {
  expect(await judgeSchema(document, 'metadata')).toMatchObject({ accepted: true })
})

test('keys for signing and keys for any use sign, keys for encryption do not', () => {
  const fingerprints = signingKeysOf(parsed).map(({ certificate }) => certificate.fingerprint256)
  expect(fingerprints).toEqual([idp.certificate.fingerprint256, stranger.certificate.fingerprint256])
  const onlyEncryption = parsed.keyDescriptors.filter(({ use }) => use === 'encryption')
  expect(signingKeysOf({ ...parsed, keyDescriptors: onlyEncryption })).toEqual([])
})

test('an endpoint is found by its binding', () => {
  expect(findEndpoint(parsed.singleLogoutServices, BINDING.post)?.location).toBe('https://idp.test/slo')
  expect(findEndpoint(parsed.singleLogoutServices, BINDING.soap)).toBeUndefined()
})

test.each([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
])('WantAuthnRequestsSigned may be written as %s', (written, value) => {
  const other = document.replace('WantAuthnRequestsSigned="true"', `WantAuthnRequestsSigned="${written}"`)
  expect(parseIdpMetadata(other).wantAuthnRequestsSigned).toBe(value)
})

const dated = (role: string, entity: string, around?: string) => {
  const inner = document
    .replace(/^<\?xml[^>]*\?>/, '')
    .replace('<md:IDPSSODescriptor', `<md:IDPSSODescriptor validUntil="${role}"`)
    .replace('<md:EntityDescriptor', `<md:EntityDescriptor validUntil="${entity}"`)
  if (around === undefined) return inner
  const open = `<md:EntitiesDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" validUntil="${around}">`
  return `${open}${inner}</md:EntitiesDescriptor>`
}

test.each([
  ['the role', dated('2031-01-01T00:00:00Z', '2032-01-01T00:00:00Z')],
  ['the entity', dated('2032-01-01T00:00:00Z', '2031-01-01T00:00:00Z')],
  ['the document around it', dated('2032-01-01T00:00:00Z', '2033-01-01T00:00:00Z', '2031-01-01T00:00:00Z')],
])('metadata is valid until the earliest end: that of %s', (_case, text) => {
  expect(parseIdpMetadata(text).validUntil).toBe(Date.parse('2031-01-01T00:00:00Z'))
})

test('metadata without an end is valid for ever', () => {
  expect(parsed.validUntil).toBeUndefined()
})
