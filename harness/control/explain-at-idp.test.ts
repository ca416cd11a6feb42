import { expect, test } from 'vitest'
import { BINDING } from '#saml/names'
import { controlledIdp } from './control.test-support.ts'

const orders = {
  entityId: 'urn:orders',
  keyDescriptors: [],
  singleLogoutServices: [],
  nameIdFormats: [],
  assertionConsumerServices: [{ binding: BINDING.post, location: 'http://orders.test/acs', index: 0, isDefault: true }],
  authnRequestsSigned: false,
  wantAssertionsSigned: false,
}
const { call, idp } = await controlledIdp({ serviceProviders: [{ metadata: orders }] })
const explain = (json: object) => call('/_sloop/idp/explain', { method: 'POST', json })
const request = `<samlp:LogoutRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_1" Version="2.0" IssueInstant="2031-05-04T12:00:00Z" Destination="${idp.entityId}"><saml:Issuer>urn:nobody</saml:Issuer><saml:NameID>alice</saml:NameID></samlp:LogoutRequest>`

test('what the IdP would make of a message is 200, with the first refusal', async () => {
  const { status, body } = await explain({ document: request })

  expect([status, body]).toEqual([
    200,
    {
      ...{ kind: 'LogoutRequest', binding: null, id: '_1', from: 'urn:nobody', to: idp.entityId, document: request },
      ...{ accepted: false, refusal: 'SAML_ISSUER', wouldInvalidate: 0, nearest: [], logout: null },
      checks: expect.arrayContaining([
        {
          ...{ rule: 'knownIssuer', code: 'SAML_ISSUER', holds: false, expected: ['urn:orders'], actual: 'urn:nobody' },
          message: 'the LogoutRequest comes from urn:nobody, which is no known service provider',
          clause: 'saml-profiles-2.0 §4.1.4.1, §4.4.4',
          hint: null,
        },
      ]),
    },
  ])
})

test('the moment of the judgement can be said', async () => {
  const staleAt = async (at: string) => {
    const { body } = await explain({ document: request.replace('urn:nobody', orders.entityId), at })
    return body.checks.find(({ rule }: { rule: string }) => rule === 'notStale')
  }

  expect(await staleAt('2031-05-04T12:12:59.999Z')).toMatchObject({ holds: true })
  expect(await staleAt('2031-05-04T12:13:00Z')).toMatchObject({ holds: false, actual: '2031-05-04T12:13:00.000Z' })
})

test('what cannot be read is told as that', async () => {
  const { body } = await explain({ url: 'http://idp.localhost:7070/slo?SAMLRequest=%' })

  expect(body).toMatchObject({ binding: 'redirect', refusal: 'SAML_QUERY_MALFORMED', kind: null, document: null })
})

test('an IdP has no realms', async () => {
  const { status, body } = await explain({ document: request, realm: 'saml1' })

  expect([status, body.error]).toEqual([
    400,
    {
      ...{ type: 'invalid', path: 'realm', actual: 'saml1' },
      message: 'realm: an identity provider has no realms: ask Elasticsearch, or leave it out',
    },
  ])
})
