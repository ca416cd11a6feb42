import { sign } from 'node:crypto'
import { deflateRawSync } from 'node:zlib'
import { writeLogoutRequest } from '#saml/messages/logout-request'
import { idpOrigin } from '../sp.test-support.ts'
import type { LoggedIn, World } from '../world.test-support.ts'

export interface Scene extends World {
  readonly login: LoggedIn
}

export const slo = `${idpOrigin}/slo`
export const ids = (query: string) => query.replaceAll(/_[0-9a-f]{40}/g, '_ID')
export const good = async ({ orders, login }: Scene, relayState?: string): Promise<string> => {
  const request = orders.logoutRequest({ nameId: login.nameId, sessionIndexes: [login.sessionIndex] })
  return orders.redirect(request, relayState === undefined ? {} : { relayState })
}
export const requestOf = ({ orders, login }: Scene, given = {}) =>
  orders.logoutRequest({ nameId: login.nameId, ...given })
export const documentOf = (scene: Scene, given = {}) => writeLogoutRequest(requestOf(scene, given))
export const message = (octets: Buffer | string) => encodeURIComponent(Buffer.from(octets).toString('base64'))
export const rawDocument = (document: string) => `${slo}?SAMLRequest=${message(deflateRawSync(document))}`
export const signedWith =
  ({ orders }: Scene, sigAlg: string, digest: string) =>
  async (scene: Scene) => {
    const octets = `${rawDocument(documentOf(scene)).split('?')[1]}&SigAlg=${encodeURIComponent(sigAlg)}`
    const signature = sign(digest, Buffer.from(octets), orders.credential.privateKey).toString('base64')
    return `${slo}?${octets}&Signature=${encodeURIComponent(signature)}`
  }
export const changed = (change: (xml: string) => string) => async (scene: Scene) => {
  const { pathname, search } = new URL(await good(scene))
  const evil = message(deflateRawSync(change(documentOf(scene))))
  return `${pathname}${search.replace(/SAMLRequest=[^&]*/, `SAMLRequest=${evil}`)}`
}

export async function signedElsewhere(scene: Scene, destination: string): Promise<string> {
  const url = await scene.orders.redirect(requestOf(scene, { destination }))
  return `${slo}?${url.split('?')[1]}`
}

export async function otherMessage({ orders }: Scene): Promise<string> {
  const url = await orders.redirect(orders.authnRequest())
  return `${slo}?${url.split('?')[1]}`
}
