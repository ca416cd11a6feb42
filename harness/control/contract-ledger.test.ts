import { afterAll, beforeEach, expect, test } from 'vitest'
import { startLab } from '../lab.ts'
import { refusal } from './refusal.test-support.ts'
import { threeWays } from './three-ways.test-support.ts'

const acs = 'http://localhost:3999/acs'
const lab = await startLab({
  realms: [{ name: 'corp', entityId: 'urn:corp', acs, logout: 'http://localhost:3999/logout' }],
  serviceProviders: [{ name: 'far', entityId: 'urn:far', acs, slo: 'http://localhost:3999/slo' }],
  partners: [{ name: 'wiki' }],
})
afterAll(() => lab.close())
beforeEach(() => lab.reset())

const both = threeWays(lab)

/** Alice has a pair of tokens from a login at the realm of an application that is none of ours, and her logout has begun. */
async function loggingOut() {
  const { session, participant } = await lab.idp.signIn({ user: 'alice', to: 'urn:corp' })
  const { nameId, sessionIndex } = participant
  const tokens = await lab.es.tokens.issue({ realm: 'corp', username: 'alice', nameId, sessionIndex })
  const { id: logout } = await lab.idp.logouts.start({ session })
  return { logout, participant, tokens }
}

/** A call of the service user, as an application makes it. */
async function callNode(method: string, json: object): Promise<number> {
  const { username, password } = lab.serviceUser
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
  const headers = { authorization, 'content-type': 'application/json' }
  const body = JSON.stringify(json)
  return (await fetch(`${lab.esUrl}/_security/oauth2/token`, { method, headers, body })).status
}

test.each(both)(
  'the tokens of an application that is none of ours are proven, itself is not: %s',
  async (_how, { ledger }) => {
    const { logout, participant, tokens } = await loggingOut()
    const corp = {
      ...{ party: 'localhost:3999', name: 'localhost:3999' },
      serviceProvider: 'urn:corp',
      requester: false,
      sessionIndex: participant.sessionIndex,
      ...{ asked: null, answered: null, claimed: 'nothing', proven: 'alive' },
      facts: { application: 'unknown', accessToken: 'alive', refreshToken: 'alive' },
    }
    const account = { logout, user: 'alice', claimed: 'partial', participants: [corp], idpSession: 'dead' }
    expect(await ledger({ logout })).toEqual(account)
    expect(await ledger({ user: 'alice' })).toEqual({ ledgers: [account] })
    await lab.es.tokens.end(tokens.id)
    const dead = { application: 'unknown', accessToken: 'dead', refreshToken: 'dead' }
    expect((await ledger({ logout })).participants).toEqual([{ ...corp, proven: 'ended', facts: dead }])
  },
)

test('one token that lives is enough, also one of a pair that a refresh has given', async () => {
  const { logout, tokens } = await loggingOut()
  const facts = async () => {
    const [corp] = (await lab.ledger({ logout })).participants
    return [corp?.proven, corp?.facts.accessToken, corp?.facts.refreshToken]
  }
  expect(await callNode('DELETE', { token: tokens.accessToken })).toBe(200)
  expect(await facts()).toEqual(['alive', 'dead', 'alive'])
  expect(await callNode('POST', { grant_type: 'refresh_token', refresh_token: tokens.refreshToken })).toBe(200)
  expect(await facts()).toEqual(['alive', 'alive', 'alive'])
  await lab.clocks.set('es', { shiftMs: 21 * 60_000 })
  expect(await facts()).toEqual(['alive', 'dead', 'alive'])
  await lab.clocks.set('es', { shiftMs: 25 * 3_600_000 })
  expect(await facts()).toEqual(['ended', 'dead', 'dead'])
})

test('whoever looks changes nothing, however often', async () => {
  const { logout } = await loggingOut()
  const state = async () => [
    await lab.es.tokens.list(),
    await lab.idp.logouts.list(),
    await lab.idp.sessions.list(),
    await lab.journal.read(),
  ]
  const before = await state()
  expect([await lab.ledger({ logout }), await lab.ledger({ user: 'alice' })]).toHaveLength(2)
  expect(await state()).toEqual(before)
})

test('nothing is known of a service provider that nobody here can look into', async () => {
  const { session } = await lab.idp.signIn({ user: 'alice', to: 'urn:far' })
  const { id: logout } = await lab.idp.logouts.start({ session })
  const unknown = { application: 'unknown', accessToken: 'unknown', refreshToken: 'unknown' }
  expect((await lab.ledger({ logout })).participants).toMatchObject([
    { party: 'far', proven: 'unknown', facts: unknown },
  ])
})

test('an IdP that only pretends has a session that is alive', async () => {
  await lab.idp.behaviour.change({ session: 'keep' })
  const { logout } = await loggingOut()
  expect((await lab.ledger({ logout })).idpSession).toBe('alive')
})

test('of a minted LogoutRequest the ledger tells as of a sent one, and the session that it is about', async () => {
  const { session } = await lab.idp.signIn({ user: 'alice', to: 'urn:corp' })
  const minted = await lab.idp.mint({ kind: 'LogoutRequest', to: 'urn:corp', session })
  const asked = await lab.journal.read({ id: minted.id })
  const { ledgers } = await lab.ledger({ user: 'alice' })
  expect(ledgers).toMatchObject([{ participants: [{ asked: asked.entries[0]?.seq }], idpSession: 'alive' }])
})

test('who ended as well and was not asked stands behind, and claims nothing', async () => {
  const { session } = await lab.idp.signIn({ user: 'alice', to: 'urn:corp' })
  await lab.idp.signIn({ session, to: 'urn:far' })
  const { id: logout } = await lab.idp.logouts.start({ session, to: ['urn:far'] })
  const { participants } = await lab.ledger({ logout })
  expect(participants.map(({ serviceProvider }) => serviceProvider)).toEqual(['urn:far', 'urn:corp'])
  expect(participants[1]).toMatchObject({ asked: null, answered: null, claimed: 'nothing' })
})

test.each(both)(
  'a user without a logout has none; who is not there is told with the nearest: %s',
  async (_how, { ledger }) => {
    expect(await ledger({ user: 'bob' })).toEqual({ ledgers: [] })
    expect(await refusal(ledger({ user: 'alise' }))).toMatchObject({
      ...{ status: 404, type: 'noSuchUser', path: 'user', expected: 'alice', actual: 'alise' },
      message: 'there is no user [alise], did you mean alice?',
    })
    const { logout } = await loggingOut()
    const near = `${logout.slice(0, -1)}x`
    expect(await refusal(ledger({ logout: near }))).toMatchObject({
      ...{ status: 404, type: 'noSuchLogout', path: 'logout', expected: logout, actual: near },
      message: `there is no logout [${near}], did you mean ${logout}?`,
    })
  },
)
