import { parseLogoutRequest } from '#saml/messages/logout-request'
import type { Endpoint } from '#saml/metadata/role'
import { BINDING } from '#saml/names'
import { findButton, type SeenPage } from '../browser.test-support.ts'
import { type FormFields, readSentForm } from '../sp.test-support.ts'
import { logIn, makeWorld, type World } from '../world.test-support.ts'

const foreign = { origin: 'https://orders.test', 'sec-fetch-site': 'cross-site' }
export const byPost: Endpoint = { binding: BINDING.post, location: 'https://orders.test/slo/post' }
export const byRedirect: Endpoint = { binding: BINDING.redirect, location: 'https://orders.test/slo' }

/** Alice is logged in at `orders`, which takes logout messages at these endpoints. */
export async function makePostScene(
  endpoints: readonly Endpoint[] = [byPost],
  given: Partial<Parameters<World['idp']['trust']>[1]> = {},
) {
  const world = await makeWorld()
  const trust = (singleLogoutServices: readonly Endpoint[]) =>
    world.idp.trust({ ...world.orders.metadata, singleLogoutServices }, { name: 'orders', ...given })
  trust(endpoints)
  const login = await logIn(world.browser, world.orders)
  const post = (fields: FormFields) => world.browser.post('/slo', fields, foreign)
  const logOut = async () => world.browser.press(await world.browser.open('/'), 'Log out everywhere')
  const request = (more = {}) =>
    world.orders.logoutRequest({ nameId: login.nameId, sessionIndexes: [login.sessionIndex], ...more })
  return { ...world, login, post, logOut, request }
}

export const sentIn = (page: SeenPage, key: World['key']) => readSentForm(findButton(page, 'Continue').form, key)
export const askedIn = (page: SeenPage, key: World['key']) => parseLogoutRequest(sentIn(page, key).root)

export type PostScene = Awaited<ReturnType<typeof makePostScene>>
