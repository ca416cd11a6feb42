import { attributeOf, childOf, childrenOf, type XmlElement } from '#saml/xml/element'
import { prepare } from '../api.ts'
import { section } from '../case.ts'
import { Drift, expectMatch, expectSame } from '../drift.ts'
import { acsUrl, contexts, type RealmName, spEntityId, ssoUrl } from '../realms.ts'
import { redirectOf } from '../redirects.ts'
import type { Target } from '../target.ts'

async function requestOf(target: Target, realm: RealmName): Promise<XmlElement> {
  return redirectOf(await prepare(target, realm)).root
}

const attributesOf = (element: XmlElement | undefined) =>
  Object.fromEntries((element?.attributes ?? []).map(({ local, value }) => [local, value]))

const policyOf = (request: XmlElement) => attributesOf(childOf(request, 'samlp:NameIDPolicy'))

function contextsOf(request: XmlElement) {
  const context = childOf(request, 'samlp:RequestedAuthnContext')
  if (context === undefined) return undefined
  const classRefs = childrenOf(context, 'saml:AuthnContextClassRef').map(({ text }) => text)
  return { comparison: attributeOf(context, 'Comparison'), classRefs }
}

const clocksMayDifferByMs = 120_000

export const preparations = section('11.7 prepare', [
  {
    number: 31,
    title: 'a realm of defaults asks for no NameID format and no creation',
    asks: 'wire',
    run: async (target) => {
      const request = await requestOf(target, 'plain')
      const format = target.profile.usualNameIdFormat
      expectSame('NameIDPolicy', policyOf(request), { AllowCreate: 'false', ...(format && { Format: format }) })
      expectSame('Issuer', childOf(request, 'saml:Issuer')?.text, spEntityId('plain'))
      const { ID: _id, IssueInstant: _at, ...others } = attributesOf(request)
      expectSame('attributes', others, {
        AssertionConsumerServiceURL: acsUrl('plain'),
        Destination: ssoUrl,
        ProtocolBinding: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST',
        Version: '2.0',
      })
    },
  },
  {
    number: 32,
    title: 'a configured format and qualifier are asked for; nothing else is added',
    asks: 'wire',
    run: async (target) => {
      const request = await requestOf(target, 'persistent')
      const expected = {
        AllowCreate: 'false',
        Format: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
        SPNameQualifier: 'sp-qualifier',
      }
      expectSame('NameIDPolicy', policyOf(request), expected)
      expectSame('ForceAuthn', attributeOf(request, 'ForceAuthn'), undefined)
      expectSame('RequestedAuthnContext', contextsOf(request), undefined)
    },
  },
  {
    number: 33,
    title: 'an empty qualifier is none; a forced authentication is asked for',
    asks: 'wire',
    run: async (target) => {
      const request = await requestOf(target, 'transient')
      const format = 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient'
      expectSame('NameIDPolicy', policyOf(request), { AllowCreate: 'true', Format: format })
      expectSame('ForceAuthn', attributeOf(request, 'ForceAuthn'), 'true')
    },
  },
  {
    number: 34,
    title: 'one requested context is one class reference',
    asks: 'wire',
    run: async (target) => {
      const [first] = contexts
      const expected = { comparison: 'exact', classRefs: [first] }
      expectSame('RequestedAuthnContext', contextsOf(await requestOf(target, 'one-context')), expected)
    },
  },
  {
    number: 35,
    title: 'several are several, in their order',
    asks: 'wire',
    run: async (target) => {
      const expected = { comparison: 'exact', classRefs: [...contexts] }
      expectSame('RequestedAuthnContext', contextsOf(await requestOf(target, 'three-contexts')), expected)
    },
  },
  {
    number: 36,
    title: 'a request is of this moment, and its ID is long',
    asks: 'wire',
    run: async (target) => {
      const before = target.now() - clocksMayDifferByMs
      const request = await requestOf(target, 'plain')
      const at = Date.parse(attributeOf(request, 'IssueInstant') ?? '')
      if (!(at >= before && at <= target.now() + clocksMayDifferByMs)) {
        throw new Drift('IssueInstant', 'an instant of this call', attributeOf(request, 'IssueInstant'))
      }
      expectMatch('ID', attributeOf(request, 'ID'), /^.{21,}$/)
    },
  },
])
