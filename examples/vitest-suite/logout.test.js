import { expect } from 'sloop/vitest'
import { describe } from 'vitest'
import { test } from './application.js'

test('who logs out here is really logged out, everywhere', async ({ alice, application, ledger }) => {
  await alice.open(application)
  await alice.press('Log out')
  expect((await alice.see()).text).toContain('You are logged out.')
  // Not what a page says, but what is so: the tokens are dead, and so are the sessions at the wiki and the identity provider.
  expect(await ledger({ user: 'alice' })).toBeProvenEnded()
})

test('who logs out at the identity provider is signed out here', async ({ alice, application, lab, ledger }) => {
  await alice.open(lab.idpUrl)
  await alice.press('Log out everywhere')
  await alice.open(application)
  expect((await alice.see()).text).toContain('Nobody is signed in.')
  expect(await ledger({ user: 'alice' })).toBeProvenEnded()
})

test('a LogoutRequest looks like this', async ({ application, idp, es }) => {
  const { session } = await idp.signIn({ user: 'alice', to: application })
  const { document, queryString, id } = await idp.mint({ kind: 'LogoutRequest', to: application, session })
  await expect(es).toAccept({ queryString })
  // IDs, times, signatures and ports are others at each run: a snapshot has them numbered or blanked.
  expect(document).toMatchInlineSnapshot(`
    "<?xml version="1.0" encoding="UTF-8"?>
    <saml2p:LogoutRequest xmlns:saml2p="urn:oasis:names:tc:SAML:2.0:protocol" Destination="http://localhost:[port]/saml/slo" ID="_id1" IssueInstant="[time]" NotOnOrAfter="[time]" Reason="urn:oasis:names:tc:SAML:2.0:logout:user" Version="2.0">
    <saml2:Issuer xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion">http://idp.localhost:[port]/metadata</saml2:Issuer>
    <saml2:NameID xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion" Format="urn:oasis:names:tc:SAML:2.0:nameid-format:transient">_id2</saml2:NameID>
    <saml2p:SessionIndex>_id3</saml2p:SessionIndex>
    </saml2p:LogoutRequest>"
  `)
  // A request wants an answer, and this one is sent nowhere: the answer to it is made up here.
  await idp.mint({ kind: 'LogoutResponse', to: application, inResponseTo: id })
})

describe('a logout that somebody has tampered with', () => {
  // A request that is refused is never answered. A test that ends so fails, unless it says that it is meant.
  test.override({ expects: { unansweredRequests: true } })

  test('is refused, and logs nobody out', async ({ alice, application, lab, faults, journal }) => {
    await faults.arm({ party: 'idp', on: 'LogoutRequest', to: application, change: { signature: 'tampered' } })
    await alice.open(lab.idpUrl)
    await alice.press('Log out everywhere')
    expect((await alice.see()).text).toContain('This was refused.')
    const { entry } = await journal.waitFor({ what: 'LogoutRequest', party: 'es' })
    expect(entry).toRefuseWith('SAML_SIGNATURE')
    await alice.open(application)
    expect((await alice.see()).text).toContain('You are signed in as alice.')
  })
})

describe('with a wiki that says Success and does nothing', () => {
  test.override({ expects: { aliveThoughClaimedEnded: ['wiki'] } })

  test('the logout looks complete, and is not', async ({ alice, lab, ledger }) => {
    await lab.partners.change('wiki', { temper: 'lying' })
    await alice.open(lab.idpUrl)
    await alice.press('Log out everywhere')
    expect((await alice.see()).text).toContain('Every service provider confirmed the logout.')
    expect(await ledger({ user: 'alice' })).not.toBeProvenEnded()
  })
})
