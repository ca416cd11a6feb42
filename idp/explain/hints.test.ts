import { inflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { writeLogoutRequest } from '#saml/messages/logout-request'
import { noon } from '../sp.test-support.ts'
import { logIn, makeWorld } from '../world.test-support.ts'
import { inQuery } from './both-faces.test-support.ts'

const world = await makeWorld()
const { idp, orders, reports } = world
const login = await logIn(world.browser, orders)
const query = (given = {}, how = {}) =>
  orders.redirect(orders.logoutRequest({ nameId: login.nameId, sessionIndexes: [login.sessionIndex], ...given }), how)
const checkOf = async (queryString: string, rule: string, circumstances = {}) =>
  (await idp.explain(inQuery(queryString), circumstances)).checks.find((check) => check.rule === rule)

test('a query that somebody encoded again is told to verify with the escapes that it was signed with, and does', async () => {
  const right = await query()
  const wrong = right.replace(/%[0-9A-F]{2}/g, (octet) => octet.toLowerCase())

  expect(await checkOf(wrong, 'signedByItsIssuer')).toMatchObject({
    holds: false,
    hint: expect.stringMatching(/^it verifies with upper-case escapes/),
  })
  expect(await checkOf(right, 'signedByItsIssuer')).toMatchObject({ holds: true, hint: null })
})

test('a request that another service provider signed is told to be its', async () => {
  const hint = expect.stringContaining(`the key of ${reports.entityId}`)
  expect(await checkOf(await query({}, { signWith: reports.credential }), 'signedByItsIssuer')).toMatchObject({ hint })
})

test('a Destination is told apart from what was meant', async () => {
  const check = await checkOf(await query({ destination: idp.entityId }), 'ownDestination')
  expect(check).toMatchObject({ holds: false, hint: 'that is the entity id of this identity provider' })
})

test('a request that has expired is told for which clocks it would not have, and is accepted by such a clock', async () => {
  const expired = await query({ notOnOrAfter: noon - 600_000, issueInstant: noon - 900_000 })

  const check = await checkOf(expired, 'notExpired')
  expect(check).toMatchObject({ holds: false, hint: expect.stringMatching(/clock/) })
  expect(await checkOf(expired, 'notExpired', { at: noon - 700_000 })).toMatchObject({ holds: true, hint: null })
})

test('a request that the IdP would have signed itself is told to be so', async () => {
  const { queryString = '' } = await idp
    .mint({
      kind: 'LogoutRequest',
      to: orders.entityId,
      nameId: login.nameId,
      change: { issuer: { value: orders.entityId } },
    })
    .then((minted) => ('queryString' in minted ? minted : { queryString: '' }))
  const { checks } = await idp.explain({ carrier: 'query', queryString })
  expect(checks.find(({ rule }) => rule === 'signedByItsIssuer')).toMatchObject({
    hint: 'it verifies with the key of this identity provider itself: that is none of the keys that are trusted here',
  })
})

test('a message that is not deflated can be read without that, and is read when it is', async () => {
  const url = await query()
  const [, encoded = ''] = /SAMLRequest=([^&]*)/.exec(url) ?? []
  const document = inflateRawSync(Buffer.from(decodeURIComponent(encoded), 'base64'))
  const wrong = url.replace(encoded, encodeURIComponent(document.toString('base64')))
  const hint = 'it can be read without inflating it: in a query a message is to be deflated, and this one is not'
  expect(await checkOf(wrong, 'deflated')).toMatchObject({ holds: false, hint })
  expect(await checkOf(url, 'deflated')).toMatchObject({ holds: true, hint: null })
})

test('a form whose base64 is url-safe can be read as that', async () => {
  const document = writeLogoutRequest(orders.logoutRequest({ nameId: { value: '~?~?~?~~~???~?~?' } }))
  const right = Buffer.from(document).toString('base64')
  const wrong = { carrier: 'form', fields: { SAMLRequest: right.replaceAll('+', '-').replaceAll('/', '_') } } as const
  expect(wrong.fields.SAMLRequest).not.toBe(right)
  const { checks } = await idp.explain(wrong)
  expect(checks.find(({ rule }) => rule === 'base64')).toMatchObject({
    ...{ holds: false, hint: 'it can be read as url-safe base64: the binding wants + and / in place of - and _' },
  })
})

test('an ID that begins with a digit is allowed with an underscore in front of it', async () => {
  const hint = 'it is valid with an underscore in front of its ID: an ID begins with a letter or an underscore'
  expect(await checkOf(await query({ id: '1' }), 'allowedBySchema')).toMatchObject({ holds: false, hint })
  expect(await checkOf(await query({ id: '_1' }), 'allowedBySchema')).toMatchObject({ holds: true })
})
