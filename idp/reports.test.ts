import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { buildRedirectUrl } from '#saml/bindings/redirect'
import { type Credential, readCredential } from '#saml/credentials'
import { formatInstant } from '#saml/instants'
import { parseLogoutRequest } from '#saml/messages/logout-request'
import { parseLogoutResponse } from '#saml/messages/logout-response'
import { success } from '#saml/messages/status'
import { signEnveloped } from '#saml/signature/enveloped-signature'
import { findButton, type SeenPage } from './browser.test-support.ts'
import { readServiceProviders } from './directory/read-service-providers.ts'
import { idpOrigin, noon, readSentForm, readSentRequest, readSentResponse, type TestSp } from './sp.test-support.ts'
import { type LoggedIn, logIn, makeWorld, type World } from './world.test-support.ts'

const folder = new URL('../../shared/cases/reports/', import.meta.url)
const read = (path: string) => readFile(fileURLToPath(new URL(path, folder)), 'utf8')

/** The IdP of a case, with `reports` beside its service provider, where alice is logged in at both. */
async function makeCase(name: string) {
  const serviceProviders = readServiceProviders(await read(`${name}/sp-metadata.xml`), { name: 'crm' }, noon)
  const plain = await makeWorld()
  const { metadata, name: spName } = plain.reports
  const world = await makeWorld({ serviceProviders: [...serviceProviders, { metadata, name: spName }] })
  const [certificatePem, privateKeyPem] = await Promise.all([read('keys/sp.crt'), read('keys/sp.key')])
  const credential = readCredential({ certificatePem, privateKeyPem })
  const [crm] = serviceProviders
  if (crm === undefined) throw new Error('a case has a service provider')
  const { authnRequest } = plain.orders
  const sp: Pick<TestSp, 'authnRequest' | 'redirect'> = {
    authnRequest: (given) => authnRequest({ issuer: crm.metadata.entityId, ...given }),
    redirect: plain.orders.redirect,
  }
  const login = await logIn(world.browser, { ...plain.orders, ...sp })
  return { ...world, credential, login, template: await read(`${name}/logout-request.xml`) }
}

const fill = (template: string, { nameId, sessionIndex }: LoggedIn, id = '_case') =>
  template
    .replace('{{IDP}}', idpOrigin)
    .replace('{{ID}}', id)
    .replace('{{NOW}}', formatInstant(noon))
    .replace('{{NAMEID_FORMAT}}', nameId.format ?? '')
    .replace('{{NAMEID}}', nameId.value)
    .replace('{{SESSION_INDEX}}', sessionIndex)

const send = (document: string, signWith: Credential) =>
  buildRedirectUrl({ destination: `${idpOrigin}/slo`, kind: 'SAMLRequest', document, signWith })

test('cases/reports 08, C015: an asynchronous LogoutRequest ends the session, and the browser stays on a page of ours', async () => {
  const { browser, credential, login, template } = await makeCase('08-asynchronous-logout')
  const page = await browser.open(await send(fill(template, login), credential))
  expect([page.status, page.location, page.title]).toEqual([200, '', 'Logged out'])
  expect(page.text).toContain('crm asked for this logout and wanted no answer.')
  expect((await browser.open('/')).text).toContain('Nobody is signed in.')
})

test('cases/reports 08: the other participants of an asynchronous logout are asked', async () => {
  const { browser, credential, login, template, reports, key } = await makeCase('08-asynchronous-logout')
  await logIn(browser, reports)
  const asked = await browser.open(await send(fill(template, login), credential))
  const page = await browser.open(await reports.answer(readSentRequest(asked.location, key)))
  expect([page.status, page.location]).toEqual([200, ''])
  expect(page.text).toMatch(
    /crm asked for this logout and wanted no answer\. Every service provider confirmed the logout\. .* reports says Success/,
  )
})

test('cases/reports 08: an asynchronous LogoutRequest that is refused is refused on a page', async () => {
  const { browser, credential, login, template } = await makeCase('08-asynchronous-logout')
  const document = fill(template, login).replace(login.nameId.value, 'nobody')
  const page = await browser.open(await send(document, credential))
  expect([page.status, page.location, page.text]).toEqual([
    400,
    '',
    expect.stringContaining('no session of this principal is known here'),
  ])
})

test('cases/reports 08, C016: another unknown extension is passed over, and the request is answered', async () => {
  const { browser, credential, login, template, key } = await makeCase('08-asynchronous-logout')
  const document = fill(template, login).replace('ext:async-slo', 'ext:other')
  const done = await browser.open(await send(document, credential))
  expect(readSentResponse(done.location, key).status.codes).toEqual(['urn:oasis:names:tc:SAML:2.0:status:Success'])
})

const sloUrl = 'https://crm.cases.example/saml/slo'

/** The form on a page, after its signature has verified. */
function sentIn(page: SeenPage, { key }: Pick<World, 'key'>) {
  const sent = readSentForm(findButton(page, 'Continue').form, key)
  expect(sent.address).toBe(sloUrl)
  return sent.root
}

test('cases/reports 09: who logs out by POST only and asks by redirect is answered in a form', async () => {
  const scene = await makeCase('09-logout-by-post-only')
  const page = await scene.browser.open(await send(fill(scene.template, scene.login), scene.credential))
  expect(parseLogoutResponse(sentIn(page, scene))).toMatchObject({ inResponseTo: '_case', status: success })
})

test('cases/reports 09: who logs out by POST only and asks in a form is answered in a form', async () => {
  const scene = await makeCase('09-logout-by-post-only')
  const document = await signEnveloped(fill(scene.template, scene.login), '_case', scene.credential)
  const page = await scene.browser.post('/slo', { SAMLRequest: Buffer.from(document).toString('base64') })
  expect(parseLogoutResponse(sentIn(page, scene))).toMatchObject({ inResponseTo: '_case', status: success })
})

test('cases/reports 09: who logs out by POST only is asked in a form when everybody is logged out', async () => {
  const scene = await makeCase('09-logout-by-post-only')
  const page = await scene.browser.press(await scene.browser.open('/'), 'Log out everywhere')
  expect(parseLogoutRequest(sentIn(page, scene))).toMatchObject({ destination: sloUrl, nameId: scene.login.nameId })
})
