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
  const anyChange = fc.record({
    place: fc.nat(),
    octet: fc.constantFrom(...octets),
    how: fc.constantFrom('put', 'drop', 'add'),
  })
  await fc.assert(
    fc.asyncProperty(anyChange, async ({ place, octet, how }) => {
      const { nameId } = await logIn(browser, orders)
      const [, query = ''] = (await orders.redirect(orders.logoutRequest({ nameId }), { relayState: 'r/s' })).split('?')
      const at = place % query.length
      const kept = how === 'add' ? at : at + 1
      const changed = query.slice(0, at) + (how === 'drop' ? '' : octet) + query.slice(kept)
      const incoming = { incoming: { url: `/slo?${changed}` } }
      const response = await idp.fetch(new Request(slo), incoming)
      expect(response.status).toBeLessThan(500)
      if ((await whoIsSignedIn(browser)) === undefined) expect(read(changed)).toEqual(read(query))
      else expect([response.status, response.headers.get('location')]).toEqual([400, null])
    }),
    { numRuns: 150 },
  )
})
