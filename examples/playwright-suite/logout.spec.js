import { expect } from 'sloop/playwright'
import { test } from './application.js'

test('who logs out here is really logged out, everywhere', async ({ alice, ledger }) => {
  await alice.goto('/')
  await alice.getByRole('button', { name: 'Log out' }).click()
  await expect(alice.getByText('You are logged out.')).toBeVisible()
  // Not what a page says, but what is so: the tokens are dead, and so are the sessions at the wiki and the identity provider.
  expect(await ledger({ user: 'alice' })).toBeProvenEnded()
})

test.describe('a logout that somebody has tampered with', () => {
  // A request that is refused is never answered. A test that ends so fails, unless it says that it is meant.
  test.use({ expects: { unansweredRequests: true } })

  test('is refused, and logs nobody out', async ({ alice, application, lab, faults, journal }) => {
    await faults.arm({ party: 'idp', on: 'LogoutRequest', to: application, change: { signature: 'tampered' } })
    await alice.goto(lab.idpUrl)
    await alice.getByRole('button', { name: 'Log out everywhere' }).click()
    await expect(alice.getByText('This was refused.')).toBeVisible()
    const { entry } = await journal.waitFor({ what: 'LogoutRequest', party: 'es' })
    expect(entry).toRefuseWith('SAML_SIGNATURE')
    await alice.goto('/')
    await expect(alice.getByText('You are signed in as alice.')).toBeVisible()
  })
})

test.describe('with a wiki that says Success and does nothing', () => {
  test.use({ expects: { aliveThoughClaimedEnded: ['wiki'] } })

  test('the logout looks complete, and is not', async ({ alice, lab, ledger }) => {
    await lab.partners.change('wiki', { temper: 'lying' })
    await alice.goto(lab.idpUrl)
    await alice.getByRole('button', { name: 'Log out everywhere' }).click()
    await expect(alice.getByText('Every service provider confirmed the logout.')).toBeVisible()
    expect(await ledger({ user: 'alice' })).not.toBeProvenEnded()
  })
})
