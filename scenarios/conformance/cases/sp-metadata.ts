import { attributeOf, childOf, childrenOf, elementsOf, type XmlElement } from '#saml/xml/element'
import { metadataLimits, readXml } from '#saml/xml/read'
import { spMetadata } from '../api.ts'
import { section } from '../case.ts'
import { Drift, expectSame } from '../drift.ts'
import { acsUrl, logoutUrl, type RealmName, spEntityId } from '../realms.ts'
import type { Target } from '../target.ts'

interface Metadata {
  readonly xml: string
  readonly entity: XmlElement
  readonly role: XmlElement
}

async function metadataOf(target: Target, realm: RealmName): Promise<Metadata> {
  const { json, text } = await spMetadata(target, realm)
  const xml = json['metadata']
  if (typeof xml !== 'string') throw new Drift('metadata', 'a document', text)
  const entity = readXml(xml, metadataLimits)
  const role = childOf(entity, 'md:SPSSODescriptor')
  if (role === undefined) throw new Drift('metadata', 'an SPSSODescriptor', xml)
  return { xml, entity, role }
}

const childrenKeys = ({ children }: XmlElement) => children.map(({ key }) => key)

function keysOf(role: XmlElement) {
  return childrenOf(role, 'md:KeyDescriptor').map((descriptor) => {
    const certificate = [...elementsOf(descriptor)].find(({ key }) => key === 'ds:X509Certificate')
    return { use: attributeOf(descriptor, 'use'), certificate: certificate?.text.replace(/\s/g, '') }
  })
}

const certificateOf = (target: Target, name: 'sp' | 'sp-encryption') =>
  target.keys[name].certificate.raw.toString('base64')

export const spMetadataCases = section('11.8 SP metadata', [
  {
    number: 37,
    title: 'a minimal realm: one consumer, nothing signed, no white space',
    asks: 'wire',
    needs: 'hasSpMetadata',
    run: async (target) => {
      const { xml, entity, role } = await metadataOf(target, 'unsigned')
      expectSame('entityID', attributeOf(entity, 'entityID'), spEntityId('unsigned'))
      const signed = ['AuthnRequestsSigned', 'WantAssertionsSigned'].map((name) => attributeOf(role, name))
      expectSame('AuthnRequestsSigned, WantAssertionsSigned', signed, ['false', 'true'])
      expectSame('children', childrenKeys(role), ['md:AssertionConsumerService'])
      const [consumer] = role.children
      const read = ['Location', 'index', 'isDefault'].map((name) => consumer && attributeOf(consumer, name))
      expectSame('consumer', read, [acsUrl('unsigned'), '1', 'true'])
      expectSame('white space', /> +</.test(xml), false)
    },
  },
  {
    number: 38,
    title: 'one certificate for both uses is one descriptor without a use, before logout service and consumer',
    asks: 'wire',
    needs: 'hasSpMetadata',
    run: async (target) => {
      const { role } = await metadataOf(target, 'one-key')
      const order = ['md:KeyDescriptor', 'md:SingleLogoutService', 'md:AssertionConsumerService']
      expectSame('children', childrenKeys(role), order)
      expectSame('keys', keysOf(role), [{ use: undefined, certificate: certificateOf(target, 'sp') }])
      const logoutService = childOf(role, 'md:SingleLogoutService')
      expectSame('logout', logoutService && attributeOf(logoutService, 'Location'), logoutUrl('one-key'))
    },
  },
  {
    number: 39,
    title: 'no attribute is requested, so none has a friendly name that it was not given',
    asks: 'wire',
    needs: 'hasSpMetadata',
    run: async (target) => {
      const { entity } = await metadataOf(target, 'attributes')
      const requested = [...elementsOf(entity)].filter(({ key }) => key === 'md:RequestedAttribute')
      expectSame(
        'requested attributes',
        requested.map(({ key }) => key),
        [],
      )
    },
  },
  {
    number: 40,
    title: 'a signing certificate comes before the others, each with its use',
    asks: 'wire',
    needs: 'hasSpMetadata',
    run: async (target) => {
      const { role } = await metadataOf(target, 'encrypted')
      const expected = [
        { use: 'signing', certificate: certificateOf(target, 'sp') },
        { use: 'encryption', certificate: certificateOf(target, 'sp-encryption') },
      ]
      expectSame('keys', keysOf(role), expected)
    },
  },
])
