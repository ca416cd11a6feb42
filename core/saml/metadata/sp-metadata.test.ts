import { expect, test } from 'vitest'
import { idp } from '../credentials.test-support.ts'
import { certificateBase64 } from '../credentials.ts'
import { judgeSchema } from '../oracles.test-support.ts'
import { spMetadata } from './metadata.test-support.ts'
import {
  type AssertionConsumerService,
  defaultConsumerService,
  parseSpMetadata,
  writeSpMetadata,
} from './sp-metadata.ts'

const document = writeSpMetadata(spMetadata)

test('what is written is read as the same metadata', () => {
  const { keyDescriptors, ...others } = parseSpMetadata(document)
  expect({ ...others, keyDescriptors: [] }).toEqual({ ...spMetadata, keyDescriptors: [] })
  expect(keyDescriptors.map(({ key }) => key.certificateBase64)).toEqual([certificateBase64(idp.certificate)])
})

test('what is written is valid under the schema of OASIS', async () => {
  expect(await judgeSchema(document, 'metadata')).toMatchObject({ accepted: true })
})

test('metadata is written in the form of Elasticsearch', () => {
  expect(writeSpMetadata({ ...spMetadata, keyDescriptors: [] })).toBe(
    '<?xml version="1.0" encoding="UTF-8"?>' +
      '<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://sp.test/">' +
      '<md:SPSSODescriptor AuthnRequestsSigned="true" WantAssertionsSigned="true" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">' +
      '<md:SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://sp.test/slo"/>' +
      '<md:AssertionConsumerService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://sp.test/acs" index="1" isDefault="true"/>' +
      '</md:SPSSODescriptor></md:EntityDescriptor>',
  )
})

test('a certificate is written in lines of 76 characters', () => {
  const [, lines = ''] = /<ds:X509Certificate>([^<]*)</.exec(document) ?? []
  expect(
    lines
      .split('\n')
      .slice(0, -1)
      .every((line) => line.length === 76),
  ).toBe(true)
  expect(lines.replaceAll('\n', '')).toBe(certificateBase64(idp.certificate))
})

const service = (index: number, isDefault?: boolean): AssertionConsumerService => {
  return { binding: 'urn:b', location: 'https://sp.test/acs', index, isDefault }
}

test.each([
  ['the one marked as default', [service(1), service(2, true)], 2],
  ['else the first that is not marked as no default', [service(1, false), service(2), service(3)], 2],
  ['else the first', [service(1, false), service(2, false)], 1],
  ['none when there is none', [], undefined],
])('the service to use when a request names none is %s', (_case, assertionConsumerServices, index) => {
  expect(defaultConsumerService({ ...spMetadata, assertionConsumerServices })?.index).toBe(index)
})
