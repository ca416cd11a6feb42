import { expect, onTestFinished, test } from 'vitest'
import { startLab } from '../../harness/index.ts'
import { createPerson } from '../run/person.test-support.ts'
import type { NetworkCondition } from './condition.ts'
import { startNetwork } from './network.ts'

/** Alice has signed in to the application, and the network does these things. */
async function signedInBehind(...conditions: readonly NetworkCondition[]) {
  const network = await startNetwork(conditions)
  const lab = await startLab({ inFront: network.inFront })
  onTestFinished(() => lab.close())
  const agent = createPerson()
  await agent.open(`${lab.appUrl}/`)
  await agent.press('alice')
  const accessToken = async () => {
    const authorization = `Bearer ${lab.issuedTokens()[0]?.accessToken}`
    const { status } = await fetch(`${lab.esUrl}/_security/_authenticate`, { headers: { authorization } })
    return status === 200 ? 'alive' : 'dead'
  }
  const logOutAtIdp = async () => {
    await agent.open(`${lab.idpUrl}/`)
    await agent.press('Log out everywhere')
  }
  const sees = async () => (await agent.see()).text
  return { lab, agent, accessToken, logOutAtIdp, sees, fired: network.fired }
}

const atSlo = { to: 'app', path: '/logout', carrying: 'SAMLRequest' } as const

test('a logout goes on as ever where a network stands in front of everybody and does nothing', async () => {
  const conditions = ['idp', 'es', 'app'].map((to) => ({ to, path: '/never', does: { status: 500 } }) as const)
  const { logOutAtIdp, accessToken, sees, fired } = await signedInBehind(...conditions)
  expect(await accessToken()).toBe('alive')
  await logOutAtIdp()
  expect(await sees()).toContain('Every service provider confirmed the logout.')
  expect(await accessToken()).toBe('dead')
  expect(fired()).toEqual([0, 0, 0])
})

// spec/logout-bugs.md 4.2, scenarios 24 and 25, row A19.
test.each([{ query: 'reordered' }, { query: 'escapedAnew' }, { query: 'lowerHex' }] as const)(
  'a LogoutRequest whose query a proxy writes anew ends no token: %j',
  async (does) => {
    const { logOutAtIdp, accessToken, sees, fired } = await signedInBehind({ ...atSlo, does })
    await logOutAtIdp()
    expect(await sees()).not.toContain('confirmed')
    expect(await accessToken()).toBe('alive')
    expect(fired()).toEqual([1])
  },
)

// Scenario 62.
test('an Elasticsearch that cannot be reached leaves the token alive, whatever the application shows', async () => {
  const path = '/_security/saml/logout'
  const { agent, accessToken, sees, fired } = await signedInBehind({ to: 'es', path, does: { resets: 'request' } })
  await agent.press('Log out')
  expect(await sees()).toContain('Elasticsearch cannot be reached: read ECONNRESET')
  expect(await accessToken()).toBe('alive')
  expect(fired()[0]).toBeGreaterThan(0)
})

test('a LogoutRequest that is too long for the network leaves the session at the IdP alone', async () => {
  const { lab, agent, accessToken, sees, fired } = await signedInBehind({
    to: 'idp',
    path: '/slo',
    does: { longestUrl: 400 },
  })
  await agent.press('Log out')
  expect(await sees()).toContain('a condition of the network allows 400')
  expect(await accessToken()).toBe('dead')
  await agent.open(`${lab.idpUrl}/`)
  expect(await sees()).toContain('alice')
  expect(fired()).toEqual([1])
})

test('a LogoutRequest that arrives twice is answered twice, and ends the tokens once', async () => {
  const path = '/api/security/logout'
  const { lab, logOutAtIdp, accessToken, sees, fired } = await signedInBehind({
    to: 'app',
    path,
    does: { duplicates: true },
  })
  await logOutAtIdp()
  expect(await sees()).toContain('Every service provider confirmed the logout.')
  expect(await accessToken()).toBe('dead')
  expect(fired()).toEqual([1])
  const { entries } = await lab.journal.read({ party: 'es' })
  const ofLogout = entries.filter(({ what }) => ['LogoutRequest', 'LogoutResponse', 'tokensEnded'].includes(what))
  expect(ofLogout.map(({ what, count }) => (what === 'tokensEnded' ? `${count} ended` : what))).toEqual([
    'LogoutRequest',
    '1 ended',
    'LogoutResponse',
    'LogoutRequest',
    'LogoutResponse',
  ])
})

// Rows F8 and H6.
test('a lab closes at once although an answer of Elasticsearch never comes', async () => {
  const path = '/_security/saml/invalidate'
  const { lab, logOutAtIdp, accessToken, fired } = await signedInBehind({ to: 'es', path, does: { drops: 'answer' } })
  const hanging = logOutAtIdp().catch((error: Error) => error)
  await expect.poll(fired, { interval: 5 }).toEqual([1])
  await expect.poll(accessToken, { interval: 20 }).toBe('dead')
  const before = performance.now()
  await lab.close()
  expect(performance.now() - before).toBeLessThan(1_500)
  await hanging
})
