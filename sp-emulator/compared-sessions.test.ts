import { expect, test } from 'vitest'
import type { NameId } from '#saml/messages/name-id'
import { CONFIRMATION_METHOD } from '#saml/names'
import { isAddress, isNoAddress, nearMisses, withBlanks } from '#saml/near-misses.test-support'
import { realNode, tryTokens } from './real-node.test-support.ts'
import { signedLogin, withAssertion } from './realm/test-logins.test-support.ts'
import { acsUrl, logoutQuery, noon } from './realm/test-realm.test-support.ts'

// cases/sabotage XR5: all seven values of a login count, and null equals only null (spec §3.9).

const nameId = {
  value: 'alice',
  format: 'urn:example:format',
  nameQualifier: 'https://idp.test/qualifier',
  spNameQualifier: 'https://sp.test/qualifier',
  spProvidedId: 'alice-at-sp',
} as const satisfies NameId
const sessionIndex = '_session1'

async function loggedIn(who: NameId = nameId, session: string | undefined = sessionIndex) {
  const node = realNode()
  const confirmations = [{ method: CONFIRMATION_METHOD.bearer, data: { recipient: acsUrl } }]
  const authnStatements = [{ authnInstant: noon, sessionIndex: session }]
  const { json } = await node.authenticate(
    await signedLogin(withAssertion({ subject: { nameId: who, confirmations }, authnStatements })),
  )
  return { node, login: { accessToken: String(json['access_token']), refreshToken: String(json['refresh_token']) } }
}

const logout = (who: NameId, session: string | undefined = sessionIndex) =>
  logoutQuery({ nameId: who, sessionIndexes: session === undefined ? [] : [session] })

const fields = ['value', 'format', 'nameQualifier', 'spNameQualifier', 'spProvidedId'] as const
const isTrimmed = (field: (typeof fields)[number]) => field === 'value'
const missesOf = (field: (typeof fields)[number]) => {
  const misses = [...nearMisses(nameId[field]), ...(isTrimmed(field) ? [] : withBlanks(nameId[field]))]
  return field === 'format' ? misses.filter(isAddress) : misses
}

test.each(fields)('a LogoutRequest for a name with another %s ends nothing', async (field) => {
  const { node, login } = await loggedIn()
  for (const [miss, value] of missesOf(field)) {
    const { status, json } = await node.invalidate(logout({ ...nameId, [field]: value }))
    expect([status, json['invalidated']], miss).toEqual([200, 0])
  }
  expect(await tryTokens(node, login)).toEqual({ access: 200, refresh: 200 })
})

test.each(nearMisses(nameId.format).filter(isNoAddress))(
  'a LogoutRequest with a format %s is not read and ends nothing: %j',
  async (_miss, format) => {
    const { node, login } = await loggedIn()
    const { json } = await node.invalidate(logout({ ...nameId, format }))
    expect(json).toMatchObject({
      status: 500,
      error: {
        reason: 'Failed to parse SAML message',
        caused_by: { reason: `saml:NameID attribute Format is [${format}], expected anyURI` },
      },
    })
    expect(await tryTokens(node, login)).toEqual({ access: 200, refresh: 200 })
  },
)

test.each(fields.filter((field) => field !== 'value'))(
  'a %s that only one of the two has is another',
  async (field) => {
    const without = { ...nameId, [field]: undefined }
    const withIt = await loggedIn()
    expect((await withIt.node.invalidate(logout(without))).json).toMatchObject({ invalidated: 0 })
    const withoutIt = await loggedIn(without)
    expect((await withoutIt.node.invalidate(logout(nameId))).json).toMatchObject({ invalidated: 0 })
    expect((await withoutIt.node.invalidate(logout(without))).json).toMatchObject({ invalidated: 1 })
  },
)

test.each(nearMisses(sessionIndex))('a SessionIndex %s is another: %j', async (_miss, session) => {
  const { node, login } = await loggedIn()
  expect((await node.invalidate(logout(nameId, session))).json).toMatchObject({ invalidated: 0 })
  expect(await tryTokens(node, login)).toEqual({ access: 200, refresh: 200 })
})

test.each(withBlanks(sessionIndex))('a SessionIndex %s is the same: %j', async (_name, session) => {
  const { node } = await loggedIn()
  expect((await node.invalidate(logout(nameId, session))).json).toMatchObject({ invalidated: 1 })
})

test.each(withBlanks(nameId.value))('a name %s is the same: %j', async (_name, value) => {
  const { node } = await loggedIn()
  expect((await node.invalidate(logout({ ...nameId, value }))).json).toMatchObject({ invalidated: 1 })
})
