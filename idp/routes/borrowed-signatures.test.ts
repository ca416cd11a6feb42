import { expect, test } from 'vitest'
import { writeLogoutRequest } from '#saml/messages/logout-request'
import { NAME_ID_FORMAT } from '#saml/names'
import { borrowedSignatures, withoutDeclaration } from '#saml/signature/borrowed-signatures.test-support'
import { signEnveloped } from '#saml/signature/enveloped-signature'
import type { Browser } from '../browser.test-support.ts'
import { makeWorld, whoIsSignedIn } from '../world.test-support.ts'
import { signedInDocument } from './carriers.test-support.ts'

/** LogoutRequests about bob that borrow a signature that the service provider made over something else. */

const { orders } = await makeWorld()
const nameIdPolicy = { format: NAME_ID_FORMAT.emailAddress }
const request = (destination: string, user: string, id: string) =>
  withoutDeclaration(
    writeLogoutRequest(
      orders.logoutRequest({ id, destination, nameId: { value: `${user}@example.test`, ...nameIdPolicy } }),
    ),
  )
const assertion =
  '<saml2:Assertion xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion" ID="_a" IssueInstant="2031-05-04T12:00:00Z" Version="2.0"><saml2:Issuer>https://orders.test</saml2:Issuer></saml2:Assertion>'
const captured = withoutDeclaration(await signEnveloped(assertion, '_a', orders.credential))

async function lootFor(destination: string) {
  const genuine = withoutDeclaration(await signEnveloped(request(destination, 'alice', '_r'), '_r', orders.credential))
  const evil = (behindIssuer: string, id = '_evil') =>
    request(destination, 'bob', id).replace('</saml2:Issuer>', `$&${behindIssuer}`)
  return { genuine, id: '_r', captured, evil }
}

const loots = await Promise.all(
  signedInDocument.map(async (carrier) => ({ carrier, loot: await lootFor(carrier.address) })),
)
const cases = loots.flatMap(({ carrier, loot }) =>
  borrowedSignatures(loot).map(
    ([name, document, code]) => [name, carrier.name, carrier, document, code, loot.genuine] as const,
  ),
)

/** An IdP that tolerates nothing, where alice and bob are logged in at `orders` by their addresses. */
async function makeScene() {
  const world = await makeWorld({ tolerate: [] })
  const bobs = world.newBrowser()
  const logIn = async (browser: Browser, user: string) => {
    await browser.press(await browser.open(await orders.redirect(orders.authnRequest({ nameIdPolicy }))), user)
  }
  await logIn(world.browser, 'alice')
  await logIn(bobs, 'bob')
  world.log.length = 0
  return { ...world, whoIsLeft: async () => [await whoIsSignedIn(world.browser), await whoIsSignedIn(bobs)] }
}

test.each(cases)(
  '%s, by %s: whatever a LogoutRequest did with a genuine signature, it ends nothing',
  async (_name, _by, carrier, document, code, genuine) => {
    const scene = await makeScene()
    const { status, location, says } = await carrier.deliver(scene, carrier.wrap(document))
    expect([status >= 400 && status !== 404, location]).toEqual([true, ''])
    expect(says).toContain(code)
    expect(says).not.toContain('SAMLResponse')
    expect(scene.log.map(({ level, facts }) => [level, facts['code']])).toEqual([
      ['warn', expect.stringContaining(code)],
    ])
    expect(await scene.whoIsLeft()).toEqual(['alice', 'bob'])
    await carrier.deliver(scene, carrier.wrap(genuine))
    expect(await scene.whoIsLeft()).toEqual([undefined, 'bob'])
  },
)
