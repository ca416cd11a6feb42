import { expect, test } from 'vitest'
import { BINDING } from '#saml/names'
import { controlledIdp } from './control.test-support.ts'
import { controlInProcess } from './in-process.ts'

const orders = {
  entityId: 'urn:orders',
  keyDescriptors: [],
  singleLogoutServices: [{ binding: BINDING.redirect, location: 'http://orders.test/slo' }],
  nameIdFormats: [],
  assertionConsumerServices: [{ binding: BINDING.post, location: 'http://orders.test/acs', index: 0, isDefault: true }],
  authnRequestsSigned: false,
  wantAssertionsSigned: false,
}
const controlled = () => controlledIdp({ serviceProviders: [{ metadata: orders }] })
const mintPath = '/_sloop/idp/messages'
const request = { kind: 'LogoutRequest', to: 'urn:orders', nameId: { value: 'alice' } }

test('the list of changes has every key of the contract with its values, and the library answers the same', async () => {
  const { call, parties } = await controlled()
  const { status, body } = await call('/_sloop/changes')
  expect(status).toBe(200)
  expect(body.changes.map(({ name }: { name: string }) => name).sort()).toEqual(
    [
      ...[
        'signature',
        'algorithm',
        'key',
        'parameters',
        'escapes',
        'space',
        'deflate',
        'base64',
        'relayState',
        'nameId',
      ],
      ...['sessionIndex', 'status', 'inResponseTo', 'destination', 'issuer', 'id', 'issueInstant', 'notOnOrAfter'],
      ...['xml', 'binding', 'address', 'delivery'],
    ].sort(),
  )
  expect(body.changes.find(({ name }: { name: string }) => name === 'base64')).toEqual({
    name: 'base64',
    values: { type: 'string', enum: ['wrapped', 'urlSafe', 'unpadded'] },
    says: 'Writes the base64 of the message in another form.',
    onTheWire: expect.any(String),
    bugs: ['B8'],
  })
  expect(await controlInProcess(parties).faults.changes()).toEqual(body)
})

test('a minted message is changed, 409 when it cannot be, 400 with the path and the nearest word when there is no such change', async () => {
  const { call } = await controlled()
  const mint = (change: object) => call(mintPath, { method: 'POST', json: { ...request, change } })
  const made = await mint({ signature: 'none', sessionIndex: 'wrong' })
  expect([made.status, made.body.queryString.includes('Signature')]).toEqual([201, false])
  expect(made.body.document).toContain('>_wrong<')
  expect(await mint({ status: ['Success'] })).toEqual({
    status: 409,
    body: {
      error: { type: 'notMade', message: 'change.status: a LogoutRequest has no status', path: 'change.status' },
    },
  })
  const message = 'change.escapes.sent: there is no value [lowr], did you mean lower?'
  expect(await mint({ escapes: { signed: 'upper', sent: 'lowr' } })).toEqual({
    status: 400,
    body: { error: { type: 'invalid', message, path: 'change.escapes.sent', expected: 'lower', actual: 'lowr' } },
  })
  expect(await call('/_sloop/idp/logouts')).toMatchObject({ body: { logouts: [{ legs: [expect.anything()] }] } })
})
