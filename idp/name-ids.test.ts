import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import type { AuthnRequest } from '#saml/messages/authn-request'
import { NAME_ID_FORMAT } from '#saml/names'
import type { Browser } from './browser.test-support.ts'
import { readServiceProviders } from './directory/read-service-providers.ts'
import { noon, readSentRequest, type TestSp } from './sp.test-support.ts'
import { makeWorld, readLogin } from './world.test-support.ts'

const { emailAddress, persistent, unspecified } = NAME_ID_FORMAT
const casesFolder = new URL('../../shared/cases/files/02-name-id-format-of-the-sp/', import.meta.url)
const readCase = async (file: string) =>
  readServiceProviders(await readFile(fileURLToPath(new URL(file, casesFolder))), {}, noon)

async function makeCases() {
  const files = ['sp-metadata-email.xml', 'sp-metadata-persistent.xml']
  const serviceProviders = (await Promise.all(files.map(readCase))).flat()
  return { ...(await makeWorld({ serviceProviders })), serviceProviders }
}

const logInBy = async (browser: Browser, sp: TestSp, given: Partial<AuthnRequest>) => {
  const asked = await browser.open(await sp.redirect(sp.authnRequest(given), { signWith: 'nobody' }))
  return readLogin(asked.title === 'Sign in' ? await browser.press(asked, 'alice') : asked)
}

test.each<[string, Partial<AuthnRequest>]>([
  ['without a policy', {}],
  ['with a policy that names no Format', { nameIdPolicy: { allowCreate: true } }],
  ['for any Format', { nameIdPolicy: { format: unspecified } }],
])(
  'a request %s is answered with the one NameIDFormat that the metadata lists (cases/files 02)',
  async (_case, given) => {
    const { browser, orders, serviceProviders } = await makeCases()
    const logins = []
    for (const { metadata } of serviceProviders) {
      logins.push(await logInBy(browser, orders, { issuer: metadata.entityId, ...given }))
    }
    expect(logins.map(({ nameId }) => nameId.format)).toEqual([emailAddress, persistent])
    expect(logins[0]?.nameId.value).toBe('alice@example.test')
  },
)

test('a login from the portal has the one NameIDFormat that the metadata lists (cases/files 02)', async () => {
  const { browser } = await makeCases()
  await browser.press(await browser.open('/'), 'alice')
  const { nameId } = readLogin(await browser.press(await browser.open('/'), 'Open mail.cases.example'))
  expect(nameId).toMatchObject({ format: emailAddress, value: 'alice@example.test' })
})

test.each([true, false, undefined])(
  'a persistent NameID exists before anybody asks: AllowCreate %s',
  async (allowCreate) => {
    const { browser, orders, idp } = await makeWorld()
    const { nameId } = await logInBy(browser, orders, { nameIdPolicy: { format: persistent, allowCreate } })
    expect(nameId).toMatchObject({ nameQualifier: idp.entityId, spNameQualifier: orders.entityId })
  },
)

test('what the world says of a service provider wins over its metadata', async () => {
  const { browser, orders, idp } = await makeWorld()
  const metadata = { ...orders.metadata, nameIdFormats: [emailAddress] }
  idp.trust(metadata, { nameIdFormat: 'urn:test:staff-number' })
  expect((await logInBy(browser, orders, {})).nameId).toMatchObject({ value: 'alice', format: 'urn:test:staff-number' })
})

test.each([persistent, emailAddress, unspecified])(
  'a LogoutRequest repeats a NameID as it was given, qualifiers and all: %s',
  async (format) => {
    const { browser, orders, key } = await makeWorld()
    const { nameId } = await logInBy(browser, orders, { nameIdPolicy: { format } })
    const asked = await browser.press(await browser.open('/'), 'Log out everywhere')
    expect(readSentRequest(asked.location, key).nameId).toEqual(nameId)
  },
)
