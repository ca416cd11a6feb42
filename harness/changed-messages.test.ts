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

/** What is wrong on purpose, held against what a real node answers (spec/logout-bugs.md §4.2). */

const noon = Date.UTC(2031, 4, 4, 12)
const idpUrl = 'http://idp.localhost:7070'
const to = 'urn:my-app'
const acsUrl = 'http://localhost:3000/saml/acs'
const logoutUrl = 'http://localhost:3000/saml/slo'
const [idpKey, spKey] = await Promise.all([generateCredential('idp', noon), generateCredential('sp', noon)])
const metadata = {
  entityId: to,
  keyDescriptors: [{ key: trustCertificate(spKey.certificate) }],
  singleLogoutServices: [{ binding: BINDING.redirect, location: logoutUrl }],
  nameIdFormats: [],
  assertionConsumerServices: [{ binding: BINDING.post, location: acsUrl, index: 0 }],
  authnRequestsSigned: false,
  wantAssertionsSigned: false,
}
const config = {
  ...{ name: 'saml1', order: 1, idpEntityId: `${idpUrl}/metadata`, spEntityId: to, acsUrl, logoutUrl },
  ...{ useSingleLogout: true, nameIdAllowCreate: false, populateUserMetadata: true, clockSkewMs: 180_000 },
  attributes: { principal: 'urn:oid:0.9.2342.19200300.100.1.1' },
  requestedAuthnContext: [],
  signing: spKey,
  signedMessages: new Set(signableMessages),
}

const clock = settableClock(noon)
const idp = createIdp({ baseUrl: idpUrl, credential: idpKey, serviceProviders: [{ metadata }], clock })
const idpMetadata = knownMetadata(idp.metadata, idp.entityId).current
const realm = createSamlRealm({ config, idpMetadata, clock, newId })
const tokens = createTokenService({ store: createInMemoryTokenStore(), clock })
const users = [{ username: 'elastic', password: 'changeme', roles: ['superuser'] }]
const node = createElasticsearch({ realms: [realm], tokens, users })

async function call(path: string, content: object) {
  const body = JSON.stringify(content)
  const authorization = `Basic ${Buffer.from('elastic:changeme').toString('base64')}`
  const headers = { authorization, 'content-type': 'application/json', 'content-length': `${body.length}` }
  const answer = await node.fetch(
    new Request(`http://localhost:9200/_security/saml/${path}`, { method: 'POST', headers, body }),
  )
  return { status: answer.status, text: await answer.text() }
}

async function logIn(change = {}) {
  const { session, form } = await (await idp.state()).signIn({ user: 'alice', to, change })
  const login = await call('authenticate', { realm: 'saml1', ids: [], content: form.fields['SAMLResponse'] })
  return { session, login }
}

/** A login at the realm, a LogoutRequest about it that is wrong in this way, and what the realm makes of that. */
async function invalidated(change: object, relayState?: string) {
  const { session } = await logIn()
  const minted = await idp.mint({ kind: 'LogoutRequest', to, session, relayState, change: { ...change } })
  const { queryString } = minted as { queryString: string }
  return call('invalidate', { realm: 'saml1', query_string: queryString })
}

test.each<[scenario: string, change: object, answer: [status: number, words: string], relayState?: string]>([
  ['10 lower-hex-signature-last', { escapes: 'lower' }, [200, '"invalidated":1']],
  [
    '11 entra-order-signature-before-sigalg',
    { parameters: ['message', 'signature', 'sigAlg'] },
    [500, 'could not be validated'],
  ],
  [
    '12 extra-param-before-message',
    { parameters: ['extra', 'message', 'sigAlg', 'signature'] },
    [500, 'could not be validated'],
  ],
  [
    '13 extra-param-after-signature',
    { parameters: ['message', 'sigAlg', 'signature', 'extra'] },
    [200, '"invalidated":1'],
  ],
  ['14 relaystate-not-signed', { signature: 'withoutRelayState' }, [500, 'could not be validated'], 'https://a/b'],
  ['14 relaystate-signed-raw', { signature: 'rawRelayState' }, [500, 'could not be validated'], 'https://a/b'],
  ['15 relaystate-empty', { relayState: 'empty' }, [200, 'RelayState=&']],
  ['16 relaystate-non-ascii', { relayState: { value: 'ü' } }, [200, 'RelayState=%3F&']],
  ['18 unsigned', { signature: 'none' }, [500, 'is not signed']],
  ['18 sigalg-only', { signature: 'partial' }, [500, 'is not signed']],
  ['18 signature-only', { parameters: ['message', 'signature'] }, [500, 'is not signed']],
  ['19 embedded-signature-only', { signature: 'embedded' }, [200, '"invalidated":1']],
  ['20 tampered', { signature: 'tampered' }, [500, 'could not be validated']],
  ['20 foreign-key', { key: 'foreign' }, [500, 'could not be validated']],
  ['20 algorithm-swapped', { algorithm: { says: 'rsa-sha512', is: 'rsa-sha256' } }, [500, 'could not be validated']],
  ['21 rsa-sha1', { algorithm: 'rsa-sha1' }, [200, '"invalidated":1']],
  ['27 not-deflated', { deflate: 'none' }, [500, 'cannot be inflated']],
  ['27 zlib-header', { deflate: 'zlib' }, [500, 'cannot be inflated']],
  ['28 base64-wrapped', { base64: 'wrapped' }, [200, '"invalidated":1']],
  ['29 wrong-root', { xml: 'wrongRoot' }, [500, 'should have a root element']],
  ['30 id-starts-with-digit', { id: 'digit' }, [500, 'Failed to parse']],
  ['30 unknown-attribute', { xml: 'extraAttribute' }, [500, 'Failed to parse']],
  [
    '31 timestamps without milliseconds',
    { issueInstant: 'noMilliseconds', notOnOrAfter: 'noMilliseconds' },
    [200, '"invalidated":1'],
  ],
  ['31 timestamps without Z', { issueInstant: 'noZone', notOnOrAfter: 'noZone' }, [200, '"invalidated":1']],
  ['32 doctype-in-message', { xml: 'doctype' }, [500, '']],
  ['33 no-session-index', { sessionIndex: 'none' }, [200, '"invalidated":0']],
  ['35 two-indexes-ours-second', { sessionIndex: { list: ['_other', '_ours'] } }, [200, '"invalidated":0']],
  ['36 wrong-session-index', { sessionIndex: 'wrong' }, [200, '"invalidated":0']],
  ['37 format-omitted', { nameId: { format: 'omit' } }, [200, '"invalidated":0']],
  ['37 format-altered', { nameId: { format: 'alter' } }, [200, '"invalidated":0']],
  ['38 namequalifier-altered', { nameId: { nameQualifier: 'alter' } }, [200, '"invalidated":0']],
  ['45 destination-missing', { destination: 'none' }, [500, 'is for destination']],
  ['45 destination slash', { destination: 'trailingSlash' }, [500, 'is for destination']],
  ['45 destination scheme', { destination: 'otherScheme' }, [500, 'is for destination']],
  ['45 destination port', { destination: 'otherPort' }, [500, 'is for destination']],
  ['58 not-on-or-after past', { notOnOrAfter: { shiftMs: -480_000 } }, [500, 'is on/after [2031-05-04T11:57:00Z]']],
  ['58 not-on-or-after inside skew', { notOnOrAfter: { shiftMs: -479_999 } }, [200, '"invalidated":1']],
  ['58 not-on-or-after absent', { notOnOrAfter: 'none' }, [200, '"invalidated":1']],
  ['59 issue-instant-yesterday', { issueInstant: { shiftMs: -86_400_000 } }, [200, '"invalidated":1']],
])(
  '%s: the emulator answers a LogoutRequest with %j as a real node does',
  async (_scenario, change, [status, words], relayState) => {
    const answer = await invalidated(change, relayState)
    expect([status, answer.status, answer.text]).toEqual([answer.status, status, expect.stringContaining(words)])
  },
)

test.each([1, 2, 3, 4, 5, 6, 7, 8])('a wrapped login is nobody to the realm: wrapping %i', async (wrapped) => {
  const { login } = await logIn({ signature: { wrapped } })
  expect([login.status, login.text.includes('forged')]).toEqual([401, false])
})

test('35 two-indexes-ours-first and 41 shared-slo-identity: a realm compares the first index with that of the login', async () => {
  const logins = await Promise.all([1, 2].map(() => logIn({ nameId: 'shared', sessionIndex: 'shared' })))
  expect(logins.map(({ login }) => login.status)).toEqual([200, 200])
  const [first] = logins
  const change = { nameId: 'shared', sessionIndex: { list: ['_shared', '_other'] } }
  const minted = await idp.mint({ kind: 'LogoutRequest', to, session: first?.session, change })
  const { queryString } = minted as { queryString: string }
  const { text } = await call('invalidate', { realm: 'saml1', query_string: queryString })
  expect(text).toContain('"invalidated":2')
})

const complete = async (change: object) => {
  const minted = await idp.mint({ kind: 'LogoutResponse', to, inResponseTo: '_r1', change: { ...change } })
  const { queryString } = minted as { queryString: string }
  return call('complete_logout', { realm: 'saml1', ids: ['_r1'], query_string: queryString })
}

test.each<[scenario: string, change: object, status: number]>([
  ['52 signed-success', {}, 200],
  ['53 unsigned', { signature: 'none' }, 500],
  ['54 in-response-to wrong', { inResponseTo: 'wrong' }, 500],
  ['54 in-response-to absent', { inResponseTo: 'none' }, 200],
  ['55 success+partial', { status: ['Success', 'PartialLogout'] }, 200],
  ['55 responder+partial', { status: ['Responder', 'PartialLogout'] }, 500],
  ['55 top-partial', { status: ['PartialLogout'] }, 500],
  ['56 destination wrong', { destination: 'otherPort' }, 500],
  ['56 destination absent on redirect', { destination: 'none' }, 200],
])('%s: the emulator answers a LogoutResponse with %j as a real node does', async (_scenario, change, status) => {
  const answer = await complete(change)
  expect([answer.status, answer.text]).toEqual([status, expect.any(String)])
})

test('what a login cannot take is refused before anybody is logged in', async () => {
  const state = await idp.state()
  const before = await state.listSessions()
  const signIn = (change: object) => state.signIn({ user: 'alice', to, change: { ...change } })
  await expect(signIn({ nameId: 'encrypted', parameters: [] })).rejects.toMatchObject({ path: 'change.parameters' })
  await expect(signIn({ binding: 'soap' })).rejects.toThrow(
    'change.binding: a login is answered as a form, expected post',
  )
  await expect(signIn({ nameId: 'encryptd' })).rejects.toThrow('did you mean encrypted?')
  expect(await state.listSessions()).toEqual(before)
})
