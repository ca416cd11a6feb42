import { expect, test } from 'vitest'
import { readRedirect } from '#saml/bindings/redirect'
import { NAMESPACE } from '#saml/names'
import { judgeQuerySignature, judgeSchema, judgeXmlSignature } from '#saml/oracles.test-support'
import { elementsOf } from '#saml/xml/element'
import { readXml } from '#saml/xml/read'
import { readSentRequest } from './sp.test-support.ts'
import { logIn, makeWorld, sentDocument, type World } from './world.test-support.ts'

const accepted = { accepted: true }
const protocol = 'urn:oasis:names:tc:SAML:2.0:protocol'
const assertion = 'urn:oasis:names:tc:SAML:2.0:assertion:Assertion'

async function expectGoodRedirect({ credential }: World, location: string): Promise<string> {
  const query = location.slice(location.indexOf('?') + 1)
  const publicKey = credential.certificate.publicKey.export({ type: 'spki', format: 'pem' }).toString()
  const document = readRedirect(query).document.toString()
  expect(await judgeSchema(document, 'protocol')).toMatchObject(accepted)
  expect(await judgeQuerySignature(query, publicKey)).toMatchObject(accepted)
  expect(document).not.toContain('Signature')
  expect(location.length).toBeLessThan(8_000)
  return document
}

test('C081 our metadata is valid', async () => {
  const { idp } = await makeWorld()
  const response = await idp.fetch(new Request(idp.metadataUrl))
  expect(response.headers.get('content-type')).toBe('application/samlmetadata+xml')
  expect(await judgeSchema(await response.text(), 'metadata')).toMatchObject(accepted)
})

test('C081, C083 our metadata says where, by which bindings and with which key', async () => {
  const { idp, credential } = await makeWorld()
  const certificate = credential.certificate.raw.toString('base64')
  expect(idp.metadata.replaceAll('\n', '')).toContain(certificate)
  const services = [...idp.metadata.matchAll(/<md:(Single\w+) Binding="[^"]+:HTTP-(\w+)" Location="([^"]+)"/g)]
  expect(services.map(([, service, binding, location]) => `${service} ${binding} ${location}`)).toEqual([
    'SingleLogoutService Redirect http://idp.localhost:7070/slo',
    'SingleLogoutService POST http://idp.localhost:7070/slo',
    'SingleSignOnService Redirect http://idp.localhost:7070/sso',
    'SingleSignOnService POST http://idp.localhost:7070/sso',
  ])
})

test('a login Response is valid and xmlsec1 verifies its Assertion', async () => {
  const { browser, orders, credential } = await makeWorld()
  const asked = await browser.open(await orders.redirect(orders.authnRequest()))
  const document = sentDocument(await browser.press(asked, 'alice'))
  expect(await judgeSchema(document, 'protocol')).toMatchObject(accepted)
  expect(await judgeXmlSignature(document, credential.certificatePem, assertion)).toMatchObject(accepted)
  const tampered = document.replace('>alice<', '>bob<')
  expect((await judgeXmlSignature(tampered, credential.certificatePem, assertion)).accepted).toBe(false)
})

test('a Response that refuses is valid and signed as a whole', async () => {
  const { browser, orders, credential } = await makeWorld()
  const page = await browser.open(await orders.redirect(orders.authnRequest({ isPassive: true })))
  const document = sentDocument(page)
  expect(await judgeSchema(document, 'protocol')).toMatchObject(accepted)
  expect(await judgeXmlSignature(document, credential.certificatePem, `${protocol}:Response`)).toMatchObject(accepted)
})

test('C001, C004, C055, C056, C058, C063, C104 a LogoutRequest and a LogoutResponse are valid and openssl verifies their queries', async () => {
  const world = await makeWorld()
  const { browser, orders, reports, key } = world
  const { nameId } = await logIn(browser, orders)
  await logIn(browser, reports)
  const asked = await browser.open(await orders.redirect(orders.logoutRequest({ nameId }), { relayState: 'r' }))
  expect(await expectGoodRedirect(world, asked.location)).toContain('LogoutRequest')
  const done = await browser.open(await reports.answer(readSentRequest(asked.location, key)))
  expect(await expectGoodRedirect(world, done.location)).toContain('LogoutResponse')
})

/** Every text and attribute that is no signature, digest, certificate or key. */
const writtenIn = (document: string) =>
  [...elementsOf(readXml(document))].flatMap(({ namespace, text, attributes }) => [
    ...(namespace === NAMESPACE.signature ? [] : [text]),
    ...attributes.map(({ value }) => value),
  ])

test('C115, C116 what is sent has no DOCTYPE, and no text of more than 256 characters', async () => {
  const { browser, orders, reports, key, idp } = await makeWorld()
  const login = sentDocument(
    await browser.press(await browser.open(await orders.redirect(orders.authnRequest())), 'alice'),
  )
  await logIn(browser, reports)
  const { nameId } = await logIn(browser, orders)
  const asked = await browser.open(await orders.redirect(orders.logoutRequest({ nameId })))
  const done = await browser.open(await reports.answer(readSentRequest(asked.location, key)))
  const sent = [asked, done].map(({ location }) => readRedirect(location.slice(location.indexOf('?') + 1)).document)
  const documents = [idp.metadata, login, ...sent.map((document) => document.toString())]
  expect(documents.filter((document) => document.includes('<!'))).toEqual([])
  expect(documents.flatMap(writtenIn).filter((text) => text.length > 256)).toEqual([])
  expect(documents.map((document) => readXml(document).local)).toEqual([
    ...['EntityDescriptor', 'Response', 'LogoutRequest', 'LogoutResponse'],
  ])
})
