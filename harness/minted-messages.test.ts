import { expect, test } from 'vitest'
import { generateCredential } from '#saml/credentials'
import { BINDING } from '#saml/names'
import { trustCertificate } from '#saml/signature/trusted-key'
import { settableClock } from '#server/clock'
import { newId } from '#server/ids'
import { createIdp } from '../idp/index.ts'
import {
  createElasticsearch,
  createInMemoryTokenStore,
  createSamlRealm,
  createTokenService,
  knownMetadata,
  signableMessages,
} from '../sp-emulator/index.ts'

/** What an IdP mints, brought to a realm of the emulator by an application that knows no SAML. Nobody opens a browser but to sign in. */

const noon = Date.UTC(2031, 4, 4, 12)
const idpUrl = 'http://idp.localhost:7070'
const to = 'urn:my-app'
const acsUrl = 'http://localhost:3000/saml/acs'
const plainLogoutUrl = 'http://localhost:3000/saml/slo'
const [idpKey, spKey] = await Promise.all([generateCredential('idp', noon), generateCredential('sp', noon)])

const metadataWith = (logoutUrl: string) => ({
  entityId: to,
  keyDescriptors: [{ key: trustCertificate(spKey.certificate) }],
  singleLogoutServices: [{ binding: BINDING.redirect, location: logoutUrl }],
  nameIdFormats: [],
  assertionConsumerServices: [{ binding: BINDING.post, location: acsUrl, index: 0 }],
  authnRequestsSigned: false,
  wantAssertionsSigned: false,
})

const realmConfig = {
  ...{ name: 'saml1', order: 1, idpEntityId: `${idpUrl}/metadata`, spEntityId: to, acsUrl },
  ...{ useSingleLogout: true, nameIdAllowCreate: false, populateUserMetadata: true, clockSkewMs: 180_000 },
  attributes: { principal: 'urn:oid:0.9.2342.19200300.100.1.1' },
  requestedAuthnContext: [],
  signing: spKey,
  signedMessages: new Set(signableMessages),
}

/** An IdP and a realm that trust each other, and alice, who is logged in at the realm by a minted Response. */
async function loggedIn(logoutUrl = plainLogoutUrl) {
  const clock = settableClock(noon)
  const idp = createIdp({
    baseUrl: idpUrl,
    credential: idpKey,
    serviceProviders: [{ metadata: metadataWith(logoutUrl) }],
    clock,
  })
  const tokens = createTokenService({ store: createInMemoryTokenStore(), clock })
  const idpMetadata = knownMetadata(idp.metadata, idp.entityId).current
  const realm = createSamlRealm({ config: { ...realmConfig, logoutUrl }, idpMetadata, clock, newId })
  const users = [{ username: 'elastic', password: 'changeme', roles: ['superuser'] }]
  const node = createElasticsearch({ realms: [realm], tokens, users })
  const call = async (path: string, content: object) => {
    const body = JSON.stringify(content)
    const authorization = `Basic ${Buffer.from('elastic:changeme').toString('base64')}`
    const headers = { authorization, 'content-type': 'application/json', 'content-length': `${body.length}` }
    const request = new Request(`http://localhost:9200/_security/saml/${path}`, { method: 'POST', headers, body })
    const answer = await node.fetch(request)
    return { status: answer.status, body: (await answer.json()) as Record<string, string> }
  }
  const session = await signIn(idp)
  const response = await idp.mint({ kind: 'Response', to, session })
  const content = 'form' in response ? response.form.fields['SAMLResponse'] : ''
  const login = await call('authenticate', { realm: 'saml1', ids: [], content })
  const logout = { kind: 'LogoutRequest', to, session } as const
  const invalidate = (query_string: string) => call('invalidate', { realm: 'saml1', query_string })
  return { idp, clock, session, login, logout, invalidate }
}

async function signIn({ fetch }: ReturnType<typeof createIdp>): Promise<string> {
  const send = async (path: string, form: Record<string, string>, cookie = '') => {
    const headers = { origin: idpUrl, cookie }
    return fetch(new Request(idpUrl + path, { method: 'POST', headers, body: new URLSearchParams(form) }), {})
  }
  const cookie = (await send('/sign-in', { user: 'alice' })).headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const started = await send('/sso/start', { sp: to }, cookie)
  await fetch(new Request(new URL(started.headers.get('location') ?? '', idpUrl), { headers: { cookie } }), {})
  return cookie.slice(cookie.indexOf('=') + 1)
}

const queryOf = (minted: object): string => (minted as { queryString: string }).queryString

test('a minted Response logs in, a minted queryString ends exactly that, and the answer of the realm is recorded', async () => {
  const { idp, login, logout, invalidate } = await loggedIn()
  expect(login).toMatchObject({ status: 200, body: { username: 'alice', realm: 'saml1' } })
  const minted = await idp.mint(logout)
  const { status, body } = await invalidate(queryOf(minted))
  expect([status, body]).toEqual([200, { invalidated: 1, realm: 'saml1', redirect: expect.any(String) }])
  await idp.fetch(new Request(body['redirect'] ?? ''), {})
  const page = await idp.fetch(new Request(`${idpUrl}/logout?run=${minted.logout}`), {})
  expect(await page.text()).toContain('Every service provider confirmed the logout.')
})

test('minting ends nothing at the realm, so that the same session can be ended by the next one', async () => {
  const { idp, logout, invalidate } = await loggedIn()
  await idp.mint(logout)
  expect((await invalidate(queryOf(await idp.mint(logout)))).body).toMatchObject({ invalidated: 1 })
  expect((await invalidate(queryOf(await idp.mint(logout)))).body).toMatchObject({ invalidated: 0 })
})

test.each([
  ['another SessionIndex', { sessionIndex: '_other' }],
  ['no SessionIndex, which it compares as null', { sessionIndex: null }],
  ['another name', { nameId: { value: 'bob' } }],
])('a realm believes a minted LogoutRequest and finds nobody by it: %s', async (_case, said) => {
  const { idp, logout, invalidate } = await loggedIn()
  const { status, body } = await invalidate(queryOf(await idp.mint({ ...logout, ...said })))
  expect([status, body['invalidated']]).toEqual([200, 0])
  expect((await invalidate(queryOf(await idp.mint(logout)))).body).toMatchObject({ invalidated: 1 })
})

test('a realm signs over an own query of the address too, as a real node does, and so refuses what stands behind one (spec §3.4)', async () => {
  const { idp, logout, invalidate } = await loggedIn(`${plainLogoutUrl}?tenant=a`)
  const query = queryOf(await idp.mint(logout))
  expect(query).toMatch(/^tenant=a&SAMLRequest=/)
  expect(JSON.stringify((await invalidate(query)).body)).toContain('could not be validated')
  expect((await invalidate(query.slice('tenant=a&'.length))).body).toMatchObject({ invalidated: 1 })
})

test.each<[string, (query: string) => string, string]>([
  [
    'escapes in lower case',
    (query) => query.replaceAll(/%[0-9A-F]{2}/g, (octet) => octet.toLowerCase()),
    'could not be validated',
  ],
  [
    'a RelayState that was not signed',
    (query) => query.replace('&SigAlg', '&RelayState=r&SigAlg'),
    'could not be validated',
  ],
  ['no signature', (query) => query.replace(/&SigAlg=.*/, ''), 'is not signed'],
])('a realm refuses a minted queryString with %s', async (_case, spoil, reason) => {
  const { idp, logout, invalidate } = await loggedIn()
  const { status, body } = await invalidate(spoil(queryOf(await idp.mint(logout))))
  expect([status >= 400, JSON.stringify(body)]).toEqual([true, expect.stringContaining(reason)])
  expect((await invalidate(queryOf(await idp.mint(logout)))).body).toMatchObject({ invalidated: 1 })
})

test('a realm refuses a message that claims to be older than it may be, and not a moment earlier', async () => {
  const { idp, logout, invalidate } = await loggedIn()
  // 300 s of life and 180 s of skew.
  const old = await invalidate(queryOf(await idp.mint({ ...logout, at: new Date(noon - 480_000).toISOString() })))
  expect([old.status >= 400, JSON.stringify(old.body)]).toEqual([true, expect.stringContaining('2031-05-04T11:57:00')])
  const young = await idp.mint({ ...logout, at: new Date(noon - 479_999).toISOString() })
  expect((await invalidate(queryOf(young))).body).toMatchObject({ invalidated: 1 })
})
