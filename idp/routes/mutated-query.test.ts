import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readRedirect } from '#saml/bindings/redirect'
import { logIn, makeWorld, whoIsSignedIn } from '../world.test-support.ts'
import { slo } from './logout-request.test-support.ts'

const octets = 'AZaz09%&=+-_~.;?/#\'"< ÿ'

const read = (query: string) => {
  const { kind, document, relayState } = readRedirect(query)
  return { kind, document: document.toString(), relayState }
}

test('a signed query in which any one octet was changed is refused, or says what it said before', async () => {
  const { browser, orders, idp } = await makeWorld()
  const signedQuery = async () => {
    const { nameId } = await logIn(browser, orders)
    return (await orders.redirect(orders.logoutRequest({ nameId }), { relayState: 'r/s' })).slice(`${slo}?`.length)
  }
  let query = await signedQuery()
  const anyChange = fc.record({ place: fc.nat(), octet: fc.constantFrom(...octets), how: fc.constantFrom(0, 1, 2) })
  const changeIsHarmless = async ({ place, octet, how }: { place: number; octet: string; how: number }) => {
    const at = place % query.length
    const changed = query.slice(0, at) + (how === 0 ? '' : octet) + query.slice(how === 1 ? at : at + 1)
    const response = await idp.fetch(new Request(slo), { incoming: { url: `/slo?${changed}` } })
    if (response.status === 400) {
      expect(response.headers.get('location')).toBeNull()
      expect(await whoIsSignedIn(browser)).toBe('alice')
      return
    }
    expect([response.status, read(changed)]).toEqual([303, read(query)])
    query = await signedQuery()
  }
  await fc.assert(fc.asyncProperty(anyChange, changeIsHarmless), { numRuns: 200 })
})
