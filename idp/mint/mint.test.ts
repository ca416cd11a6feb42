import { SAML } from '@node-saml/node-saml'
import { expect, test } from 'vitest'
import { readSoap } from '#saml/bindings/soap'
import { parseLogoutRequest } from '#saml/messages/logout-request'
import { parseResponse } from '#saml/messages/response'
import { BINDING } from '#saml/names'
import { judgeQuerySignature, judgeSchema, judgeXmlSignature } from '#saml/oracles.test-support'
import { readMessage } from '#saml/schema/message'
import { systemClock } from '#server/clock'
import { noon, readSentRequest, readSentResponse } from '../sp.test-support.ts'
import { logIn, makeWorld, readLogin, type World, whoIsSignedIn } from '../world.test-support.ts'

const urlOf = (sp: string) => `https://${sp}.test/slo`
const session = ({ browser }: World) => browser.cookies.get('sloop_idp') ?? ''

/** A world in which alice is logged in at orders. */
async function signedIn(given: Parameters<typeof makeWorld>[0] = {}) {
  const world = await makeWorld(given)
  const { browser } = world
  const portal = await browser.press(await browser.open('/'), 'alice')
  const login = readLogin(await browser.press(portal, 'Open orders'))
  const wanted = { kind: 'LogoutRequest', to: world.orders.entityId, session: session(world) } as const
  return { ...world, login, wanted }
}

function trustEveryBinding({ idp, orders }: World): void {
  const offers = ['redirect', 'post', 'soap'] as const
  const singleLogoutServices = offers.map((way) => {
    return { binding: BINDING[way], location: `${urlOf('orders')}/${way}`, responseLocation: `${urlOf('orders')}/done` }
  })
  idp.trust({ ...orders.metadata, singleLogoutServices }, { name: 'orders' })
}

test('a minted LogoutRequest names the login as the participant was given it, and ends nothing', async () => {
  const { idp, key, orders, browser, login, wanted } = await signedIn()
  const minted = await idp.mint(wanted)
  if (minted.binding !== 'redirect') throw new Error('it goes by redirect')
  expect(minted.url).toBe(`${orders.sloUrl}?${minted.queryString}`)
  expect(readSentRequest(minted.url, key)).toEqual({
    ...{ id: minted.id, issueInstant: noon, version: '2.0', issuer: idp.entityId, destination: orders.sloUrl },
    ...{ notOnOrAfter: noon + 300_000, reason: 'urn:oasis:names:tc:SAML:2.0:logout:user' },
    ...{ nameId: login.nameId, sessionIndexes: [login.sessionIndex] },
  })
  expect(minted).toMatchObject({ kind: 'LogoutRequest', document: expect.stringContaining(`ID="${minted.id}"`) })
  expect(await whoIsSignedIn(browser)).toBe('alice')
  expect((await browser.open('/')).text).toContain(login.sessionIndex)
})

test('openssl verifies the query of a minted message, and node-saml believes it', async () => {
  const { idp, credential, wanted, login } = await signedIn({ clock: systemClock })
  const minted = await idp.mint({ ...wanted, relayState: "a&'b" })
  if (minted.binding !== 'redirect') throw new Error('it goes by redirect')
  const publicKey = credential.certificate.publicKey.export({ type: 'spki', format: 'pem' }).toString()
  expect(await judgeQuerySignature(minted.queryString, publicKey)).toMatchObject({ accepted: true })
  const spoilt = minted.queryString.replace('RelayState=a', 'RelayState=b')
  expect((await judgeQuerySignature(spoilt, publicKey)).accepted).toBe(false)
  const saml = new SAML({ callbackUrl: 'https://orders.test/acs', issuer: 'o', idpCert: credential.certificatePem })
  const query = Object.fromEntries(new URLSearchParams(minted.queryString))
  expect(await saml.validateRedirectAsync(query, minted.queryString)).toMatchObject({
    profile: { ID: minted.id, issuer: idp.entityId, nameID: login.nameId.value },
    loggedOut: true,
  })
})

test('an own query of the address stays in front, and is part of the queryString', async () => {
  const { idp, orders, key, wanted } = await signedIn()
  const location = `${orders.sloUrl}?tenant=a%20b`
  idp.trust({ ...orders.metadata, singleLogoutServices: [{ binding: BINDING.redirect, location }] })
  const minted = await idp.mint(wanted)
  if (minted.binding !== 'redirect') throw new Error('it goes by redirect')
  expect(minted.queryString).toMatch(/^tenant=a%20b&SAMLRequest=/)
  expect(readSentRequest(minted.url, key).destination).toBe(location)
})

test('by POST the document is signed, as xmlsec1 sees it, and RelayState is a field of its own', async () => {
  const world = await signedIn()
  trustEveryBinding(world)
  const minted = await world.idp.mint({ ...world.wanted, binding: 'post', relayState: 'r' })
  if (minted.binding !== 'post') throw new Error('it goes by POST')
  const { action, fields } = minted.form
  expect([action, fields['RelayState']]).toEqual([`${urlOf('orders')}/post`, 'r'])
  expect(Buffer.from(fields['SAMLRequest'] ?? '', 'base64').toString()).toBe(minted.document)
  expect(await judgeSchema(minted.document, 'protocol')).toMatchObject({ accepted: true })
  const signed = 'urn:oasis:names:tc:SAML:2.0:protocol:LogoutRequest'
  const judge = (text: string) => judgeXmlSignature(text, world.credential.certificatePem, signed)
  expect(await judge(minted.document)).toMatchObject({ accepted: true })
  expect((await judge(minted.document.replace(world.login.nameId.value, '_x'))).accepted).toBe(false)
})

test('by SOAP the envelope holds the signed document; an answer goes into the exchange and so to no endpoint', async () => {
  const world = await signedIn()
  trustEveryBinding(world)
  const asked = await world.idp.mint({ ...world.wanted, binding: 'soap' })
  if (asked.binding !== 'soap') throw new Error('it goes by SOAP')
  expect(asked.endpoint).toBe(`${urlOf('orders')}/soap`)
  expect(parseLogoutRequest(readMessage(readSoap(Buffer.from(asked.envelope)))).id).toBe(asked.id)
  const answer = await world.idp.mint({ kind: 'LogoutResponse', to: world.orders.entityId, binding: 'soap' })
  expect(answer).toMatchObject({ binding: 'soap', endpoint: null, envelope: expect.stringContaining(answer.id) })
})

test.each<[string, { sessionIndex?: string | string[] | null }, string[]]>([
  ['left out', {}, []],
  ['null', { sessionIndex: null }, []],
  ['a text', { sessionIndex: '_7' }, ['_7']],
  ['a list', { sessionIndex: ['_7', '_8'] }, ['_7', '_8']],
])('names are written as they are said, and nothing is filled in: SessionIndex %s', async (_case, said, written) => {
  const { idp, key, orders } = await signedIn()
  const nameId = { value: 'ä <&>', format: null, spNameQualifier: 'q', nameQualifier: 'n', spProvidedId: 'p' }
  const minted = await idp.mint({ kind: 'LogoutRequest', to: orders.entityId, nameId, ...said })
  const { format: _absent, ...present } = nameId
  expect(readSentRequest('url' in minted ? minted.url : '', key)).toMatchObject({
    nameId: { ...present, format: undefined },
    sessionIndexes: written,
  })
})

test('what is said beside a session stands in place of what it fills in', async () => {
  const { idp, key, login, wanted } = await signedIn()
  const minted = await idp.mint({ ...wanted, sessionIndex: null })
  expect(readSentRequest('url' in minted ? minted.url : '', key)).toMatchObject({
    nameId: login.nameId,
    sessionIndexes: [],
  })
})

test('of several logins at one service provider the newest is meant', async () => {
  const { idp, key, orders, browser, login, wanted } = await signedIn()
  const again = await logIn(browser, orders)
  const minted = await idp.mint(wanted)
  const { sessionIndexes } = readSentRequest('url' in minted ? minted.url : '', key)
  expect(sessionIndexes).toEqual([again.sessionIndex])
  expect(sessionIndexes).not.toEqual([login.sessionIndex])
})

test('the message claims to be written when it is wanted', async () => {
  const { idp, key, wanted } = await signedIn()
  const minted = await idp.mint({ ...wanted, at: '2026-01-01T01:00:00+01:00' })
  const { issueInstant, notOnOrAfter } = readSentRequest('url' in minted ? minted.url : '', key)
  expect([issueInstant, notOnOrAfter]).toEqual([Date.UTC(2026, 0), Date.UTC(2026, 0) + 300_000])
})

test('a LogoutResponse says the status in the order of its codes, and goes to the ResponseLocation', async () => {
  const world = await makeWorld()
  trustEveryBinding(world)
  const status = ['Responder', 'PartialLogout', 'urn:own:code']
  const wanted = { kind: 'LogoutResponse', to: world.orders.entityId, inResponseTo: '_asked', relayState: '' } as const
  const minted = await world.idp.mint({ ...wanted, status })
  const url = 'url' in minted ? minted.url : ''
  expect(url).toContain(`${urlOf('orders')}/done?SAMLResponse=`)
  expect(url).toContain('&RelayState=&')
  const name = (code: string) => `urn:oasis:names:tc:SAML:2.0:status:${code}`
  expect(readSentResponse(url, world.key)).toMatchObject({
    inResponseTo: '_asked',
    status: { codes: [name('Responder'), name('PartialLogout'), 'urn:own:code'] },
  })
})

test('a LogoutResponse is a success unless something else is said', async () => {
  const { idp, key, orders } = await makeWorld()
  const minted = await idp.mint({ kind: 'LogoutResponse', to: orders.entityId })
  const { status, inResponseTo } = readSentResponse('url' in minted ? minted.url : '', key)
  expect([status.codes, inResponseTo]).toEqual([['urn:oasis:names:tc:SAML:2.0:status:Success'], undefined])
})

/** What node-saml finds in a Response by POST. */
async function profileOf(form: object, world: World) {
  const fields = (form as { form: { fields: Record<string, string> } }).form.fields
  const saml = new SAML({
    ...{ callbackUrl: world.orders.acsUrl, issuer: world.orders.entityId, audience: world.orders.entityId },
    ...{ idpCert: world.credential.certificatePem, wantAssertionsSigned: true, wantAuthnResponseSigned: false },
  })
  const { profile } = await saml.validatePostResponseAsync({ SAMLResponse: fields['SAMLResponse'] ?? '' })
  return profile
}

test('a minted Response logs in as node-saml sees it: the user of the session, with the names that it has there', async () => {
  const world = await signedIn({ clock: systemClock })
  const minted = await world.idp.mint({ ...world.wanted, kind: 'Response', inResponseTo: '_asked', relayState: 'r' })
  expect(minted).toMatchObject({ binding: 'post', form: { action: world.orders.acsUrl, fields: { RelayState: 'r' } } })
  expect(await profileOf(minted, world)).toMatchObject({
    ...{ nameID: world.login.nameId.value, sessionIndex: world.login.sessionIndex, inResponseTo: '_asked' },
    'urn:oid:0.9.2342.19200300.100.1.1': 'alice',
  })
})

test('a Response of names that were only said has no attributes, and an AuthnStatement for each SessionIndex', async () => {
  const world = await makeWorld({ clock: systemClock })
  const nameId = { value: 'somebody' }
  const wanted = { kind: 'Response', to: world.orders.entityId, nameId } as const
  const minted = await world.idp.mint({ ...wanted, sessionIndex: ['_1', '_2'] })
  expect(await profileOf(minted, world)).toMatchObject({ nameID: 'somebody', sessionIndex: '_1' })
  expect(minted.document.match(/SessionIndex="_\d"/g)).toEqual(['SessionIndex="_1"', 'SessionIndex="_2"'])
  const { document } = await world.idp.mint({ ...wanted, sessionIndex: null })
  expect(document).toContain('<saml2:AuthnStatement ')
  expect(document).not.toContain('SessionIndex=')
  expect(document).not.toContain('Attribute')
})

test('a Response that is no success logs nobody in and is about nobody', async () => {
  const { idp, orders } = await makeWorld()
  const wanted = { kind: 'Response', to: orders.entityId, status: ['Responder', 'NoPassive'] } as const
  const { document } = await idp.mint(wanted)
  const { assertionElements, status } = parseResponse(readMessage(document))
  expect([assertionElements, status.codes.length]).toEqual([[], 2])
})

test('a minted Response adds no participant', async () => {
  const { idp, browser, wanted, login } = await signedIn()
  await idp.mint({ ...wanted, kind: 'Response' })
  const { text } = await browser.open('/')
  expect(text.split(login.nameId.value)).toHaveLength(2)
})
