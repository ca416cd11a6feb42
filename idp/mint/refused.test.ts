import { expect, test } from 'vitest'
import { BINDING } from '#saml/names'
import { logIn, makeWorld, type World } from '../world.test-support.ts'
import type { WantedMessage } from './wanted-message.ts'

const nameId = { value: 'alice' }
const orders = 'https://orders.test'

async function refusalOf({ idp }: Pick<World, 'idp'>, wanted: Partial<WantedMessage>) {
  const error: unknown = await idp
    .mint({ kind: 'LogoutRequest', to: orders, nameId, ...wanted })
    .catch((thrown) => thrown)
  const { name, type, message, path, expected, actual } = error as Record<string, unknown>
  return { name, type, message, path, expected, actual }
}

test.each<[Partial<WantedMessage>, object]>([
  [
    { to: 'https://order.test' },
    {
      ...{ type: 'noSuchServiceProvider', path: 'to', expected: orders, actual: 'https://order.test' },
      message: 'to: there is no service provider [https://order.test], did you mean https://orders.test?',
    },
  ],
  [
    { to: 'x' },
    {
      ...{ type: 'noSuchServiceProvider', path: 'to', expected: [orders, 'https://reports.test'] },
      message: 'to: there is no service provider [x], known are https://orders.test, https://reports.test',
    },
  ],
  [
    { session: 's' },
    {
      type: 'noSuchSession',
      path: 'session',
      message: 'session: there is no session [s], listSessions lists those there are',
    },
  ],
  [
    { nameId: undefined },
    {
      ...{ type: 'invalid', path: 'session', expected: ['session', 'nameId'] },
      message: 'a LogoutRequest is about somebody: expected session or nameId, found neither',
    },
  ],
  [
    { kind: 'Response', nameId: null, sessionIndex: '_1' },
    { type: 'invalid', message: 'a Response is about somebody: expected session or nameId, found neither' },
  ],
  [
    { inResponseTo: '_1' },
    {
      ...{ type: 'invalid', path: 'inResponseTo', expected: ['session', 'nameId', 'sessionIndex'] },
      message: 'inResponseTo: a LogoutRequest has none, only session, nameId, sessionIndex can be said of it',
    },
  ],
  [
    { kind: 'LogoutResponse' },
    {
      type: 'invalid',
      path: 'nameId',
      message: 'nameId: a LogoutResponse has none, only inResponseTo, status can be said of it',
    },
  ],
  [
    { kind: 'Response', status: ['Succes'] },
    {
      type: 'invalid',
      path: 'status[0]',
      message: 'status[0]: there is no status code [Succes], did you mean Success?',
      expected: 'Success',
    },
  ],
  [
    { kind: 'Response', status: ['Success', 'urn:a b'] },
    {
      type: 'invalid',
      path: 'status[1]',
      message: expect.stringMatching(
        /^status\[1\]: there is no status code \[urn:a b\], known are Success, Requester, /,
      ),
    },
  ],
  [
    { binding: 'post' },
    {
      ...{ type: 'noEndpoint', path: 'binding', expected: ['redirect'], actual: 'post' },
      message: 'binding: https://orders.test takes logout messages by redirect, not by post',
    },
  ],
  [
    { kind: 'Response', binding: 'redirect' },
    {
      type: 'noEndpoint',
      path: 'binding',
      expected: ['post'],
      message: 'binding: a Response goes by post, not by redirect',
    },
  ],
  [
    { binding: 'soap', relayState: '' },
    {
      type: 'invalid',
      path: 'relayState',
      message: 'relayState: by SOAP none travels, expected binding redirect or post',
    },
  ],
  [
    { change: { signature: 'nome' } },
    {
      ...{ type: 'invalid', path: 'change.signature', expected: 'none', actual: 'nome' },
      message: 'change.signature: there is no value [nome], did you mean none?',
    },
  ],
  [
    { change: { delivery: 'never' } },
    {
      ...{ type: 'invalid', path: 'change.delivery' },
      message: 'change.delivery: nothing is sent here, the caller delivers it; expected it to be left out',
    },
  ],
  [
    { change: { status: ['Success'] } },
    {
      ...{ type: 'notMade', path: 'change.status' },
      message: 'change.status: a LogoutRequest has no status',
    },
  ],
])('what cannot be minted is refused with a reason, a path and what was expected: case %#', async (wanted, says) => {
  expect(await refusalOf(await makeWorld(), wanted)).toMatchObject({ name: 'MintRefusal', ...says })
})

test.each(['', 'now', '2031-02-31T12:00:00Z', '2031-05-04', '9900-01-01T00:00:00Z', '0001-01-01T00:00:00+14:00'])(
  'a moment is an instant from which a validity can be written: %s',
  async (at) => {
    const message = `at: expected an instant such as 2031-05-04T12:00:00.000Z, before the year 9899, found [${at}]`
    expect(await refusalOf(await makeWorld(), { at })).toMatchObject({
      type: 'invalid',
      path: 'at',
      message,
      actual: at,
    })
  },
)

test('a session that has no login there is refused, and says where it has one', async () => {
  const world = await makeWorld()
  await logIn(world.browser, world.reports)
  const session = world.browser.cookies.get('sloop_idp') ?? ''
  expect(await refusalOf(world, { session, nameId: undefined })).toMatchObject({
    ...{ type: 'noSuchParticipant', path: 'session', expected: ['https://reports.test'], actual: orders },
    message: 'session: it has no login at orders, only at https://reports.test',
  })
})

test('no session is told to who did not nearly know it', async () => {
  const world = await makeWorld()
  await logIn(world.browser, world.orders)
  const session = world.browser.cookies.get('sloop_idp') ?? ''
  expect(JSON.stringify(await refusalOf(world, { session: 'guess' }))).not.toContain(session)
  expect(await refusalOf(world, { session: `${session}x` })).toMatchObject({ expected: session })
})

test('a service provider without the endpoint that a message needs is refused', async () => {
  const world = await makeWorld()
  const { metadata } = world.orders
  world.idp.trust({ ...metadata, singleLogoutServices: [] })
  expect(await refusalOf(world, {})).toMatchObject({
    message: 'binding: https://orders.test takes no logout message, not by redirect or post or soap',
  })
  world.idp.trust({
    ...metadata,
    assertionConsumerServices: [{ binding: BINDING.redirect, location: orders, index: 0 }],
  })
  expect(await refusalOf(world, { kind: 'Response' })).toMatchObject({
    message: 'binding: https://orders.test has no AssertionConsumerService by POST',
  })
})

test('a service provider that takes no redirect is sent what it does take', async () => {
  const world = await makeWorld()
  const singleLogoutServices = [{ binding: BINDING.post, location: `${orders}/post` }]
  world.idp.trust({ ...world.orders.metadata, singleLogoutServices })
  expect(await world.idp.mint({ kind: 'LogoutRequest', to: orders, nameId })).toMatchObject({ binding: 'post' })
})
