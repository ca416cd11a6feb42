import { get } from 'node:http'
import { expect, test } from 'vitest'
import { STATUS } from '#saml/names'
import { listen } from '#server/serve'
import { readSent, readSentResponse } from './sp.test-support.ts'
import { logIn, makeWorld } from './world.test-support.ts'

/** Sends the path octet by octet, where `fetch` would normalise it first. */
function getRaw(port: number, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = get({ port, host: '127.0.0.1', path, agent: false }, (response) => {
      response.resume()
      resolve(response.headers.location ?? '')
    })
    request.on('error', reject)
  })
}

test('a signature is verified over the octets of the wire: quotes that the sender left bare stay bare', async () => {
  const { idp, browser, orders, key } = await makeWorld()
  const { nameId } = await logIn(browser, orders)
  const listener = await listen({ host: '127.0.0.1', port: 0 })
  listener.mount(idp.fetch)
  const escapeWith = (value: string) => encodeURIComponent(value)
  const url = await orders.redirect(orders.logoutRequest({ nameId }), { relayState: "it's", escapeWith })
  expect(url).toContain("RelayState=it's")
  const location = await getRaw(listener.port, url.slice(url.indexOf('/slo')))
  await listener.close()
  expect(readSentResponse(location, key).status.codes).toEqual([STATUS.success])
  expect(readSent(location, key).relayState).toBe("it's")
})

test('a form that comes in chunks, without a length, is read like any other', async () => {
  const { idp } = await makeWorld()
  const listener = await listen({ host: '127.0.0.1', port: 0 })
  listener.mount(idp.fetch)
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const init = { method: 'POST', headers, body: new Blob(['user=', 'nobody']).stream(), duplex: 'half' }
  const answer = await fetch(`${listener.origin('127.0.0.1')}/sign-in`, init as RequestInit)
  const page = await answer.text()
  await listener.close()
  expect([answer.status, page]).toEqual([400, expect.stringContaining('there is no such user')])
})
