import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import type { Credential } from '#saml/credentials'
import { writeSpMetadata } from '#saml/metadata/sp-metadata'
import { signWithXmlsec } from '#saml/oracles.test-support'
import { signatureTemplate } from '#saml/signature/signature-template'
import { writeFragment } from '#saml/xml/build'
import { settableClock } from '#server/clock'
import { ConfigError } from '#server/config'
import { loadIdpConfig } from './idp-options.test-support.ts'
import { makeSp, noon } from './sp.test-support.ts'

/** As xmlsec1 signs it. */
async function signMetadata(document: string, credential: Credential): Promise<string> {
  const signature = writeFragment(signatureTemplate({ id: '_all', digest: '', credential }))
  const template = document.replace(/<md:EntitiesDescriptor[^>]*>/, `$&${signature}`)
  return signWithXmlsec(template, credential.privateKeyPem, 'urn:oasis:names:tc:SAML:2.0:metadata:EntitiesDescriptor')
}

const group = async (validUntil = '2099-01-01T00:00:00Z') => {
  const [one, two] = await Promise.all([makeSp('one'), makeSp('two')])
  const entities = [one, two].map(({ metadata }) => writeSpMetadata(metadata).replace(/^<\?xml[^>]*>/, ''))
  return `<md:EntitiesDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" validUntil="${validUntil}">${entities.join('')}</md:EntitiesDescriptor>`
}

test('every service provider of a document is trusted, called by the host of its ACS', async () => {
  const document = await group()
  const { options } = await loadIdpConfig({ serviceProviders: [{ metadata: 'a.xml' }] }, async () => document)
  expect(options.serviceProviders?.map(({ metadata, name }) => [metadata.entityId, name])).toEqual([
    ['https://one.test', 'one.test'],
    ['https://two.test', 'two.test'],
  ])
})

test('a name for several service providers stands before the host of each', async () => {
  const document = await group()
  const file = { serviceProviders: [{ metadata: 'a.xml', name: 'ours' }] }
  const { options } = await loadIdpConfig(file, async () => document)
  expect(options.serviceProviders?.map(({ name }) => name)).toEqual(['ours one.test', 'ours two.test'])
})

test('an entityId chooses one of the service providers of a document', async () => {
  const document = await group()
  const file = { serviceProviders: [{ metadata: 'a.xml', entityId: 'https://two.test', name: 'two' }] }
  const { options } = await loadIdpConfig(file, async () => document)
  expect(options.serviceProviders).toMatchObject([{ metadata: { entityId: 'https://two.test' }, name: 'two' }])
})

test('an entityId that chooses nobody is refused with those that are there', async () => {
  const document = await group()
  const file = { serviceProviders: [{ metadata: 'a.xml', entityId: 'https://three.test' }] }
  await expect(loadIdpConfig(file, async () => document)).rejects.toThrow(
    new ConfigError(
      'serviceProviders[0].entityId: a.xml: the metadata has SPSSODescriptor for [https://one.test, https://two.test], expected the SPSSODescriptor of [https://three.test]',
    ),
  )
})

test('entityIds choose some of the service providers of a document, and one that is not there is refused by its place', async () => {
  const document = await group()
  const load = async () => document
  const choose = (...entityIds: string[]) =>
    loadIdpConfig({ serviceProviders: [{ metadata: 'a.xml', entityIds }] }, load)
  const { options } = await choose('https://two.test')
  expect(options.serviceProviders?.map(({ metadata }) => metadata.entityId)).toEqual(['https://two.test'])
  await expect(choose('https://two.test', 'https://three.test')).rejects.toThrow(
    new ConfigError(
      'serviceProviders[0].entityIds[1]: a.xml: the metadata has SPSSODescriptor for [https://one.test, https://two.test], expected the SPSSODescriptor of [https://three.test]',
    ),
  )
})

test('signedBy names the certificate by which a document must be signed', async () => {
  const { credential } = await makeSp('federation')
  const unsigned = (await group()).replace('<md:EntitiesDescriptor', '$& ID="_all"')
  const files: Record<string, string> = {
    'unsigned.xml': unsigned,
    'signed.xml': await signMetadata(unsigned, credential),
    'federation.crt': credential.certificatePem,
    'other.crt': (await makeSp('other')).credential.certificatePem,
  }
  const read = (metadata: string, signedBy: string) =>
    loadIdpConfig({ serviceProviders: [{ metadata, signedBy }] }, async (name) => files[name] ?? 'nothing')
  const { options } = await read('signed.xml', 'federation.crt')
  expect(options.serviceProviders).toHaveLength(2)
  await expect(read('unsigned.xml', 'federation.crt')).rejects.toThrow(
    new ConfigError('serviceProviders[0].metadata: unsigned.xml: the EntitiesDescriptor is not signed'),
  )
  await expect(read('signed.xml', 'other.crt')).rejects.toThrow(
    new ConfigError(
      'serviceProviders[0].metadata: signed.xml: the signature of EntitiesDescriptor _all does not verify with any of 1 trusted keys',
    ),
  )
  await expect(read('signed.xml', 'gone.crt')).rejects.toThrow(
    new ConfigError('serviceProviders[0].signedBy: the certificate cannot be read: it is no X.509 certificate'),
  )
})

test('metadata past its validUntil is refused, to the millisecond', async () => {
  const document = await group('2031-05-04T12:00:00Z')
  const load = (now: number) =>
    loadIdpConfig({ serviceProviders: [{ metadata: 'a.xml' }] }, async () => document, settableClock(now))
  await expect(load(noon)).rejects.toThrow(
    new ConfigError(
      'serviceProviders[0].metadata: a.xml: [https://one.test] cannot be trusted: its metadata was valid until 2031-05-04T12:00:00.000Z',
    ),
  )
  expect((await load(noon - 1)).options.serviceProviders).toHaveLength(2)
})

test('cases/files 03: both service providers of a group with an identity provider are known', async () => {
  const folder = new URL('../../../shared/cases/files/03-group-of-service-providers/', import.meta.url)
  const read = (name: string) => readFile(new URL(name, folder), 'utf8')
  const { options } = await loadIdpConfig(parse(await read('sloop.yml')), read)
  expect(options.serviceProviders?.map(({ metadata, name }) => [metadata.entityId, name])).toEqual([
    ['https://one.cases.example/saml', 'one.cases.example'],
    ['https://two.cases.example/saml', 'two.cases.example'],
  ])
})
