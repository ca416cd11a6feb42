import fc from 'fast-check'
import { expect, test } from 'vitest'
import { noon } from '../sp.test-support.ts'
import { logIn, makeWorld } from '../world.test-support.ts'
import { addresses, bothFaces, inQuery } from './both-faces.test-support.ts'

const world = await makeWorld({ tolerate: [] })
const { orders, stranger } = world
const { nameId } = await logIn(world.browser, orders)

const given = fc.record(
  {
    destination: fc.constantFrom(addresses.slo, addresses.sso, 'https://other.test/', undefined),
    issuer: fc.constantFrom(stranger.entityId, 'https://reports.test', undefined),
    version: fc.constantFrom('1.1', '2.1'),
    issueInstant: fc.constantFrom(noon - 900_000, noon + 900_000),
    notOnOrAfter: fc.constantFrom(noon - 900_000, noon + 900_000),
    acsUrl: fc.constantFrom(orders.acsUrl, 'https://evil.test/acs'),
    inResponseTo: fc.constantFrom('_nobody', undefined),
  },
  { requiredKeys: [] },
)
const how = fc.record(
  {
    signWith: fc.constantFrom('nobody' as const, stranger.credential),
    relayState: fc.constantFrom('r', 'r'.repeat(100)),
  },
  { requiredKeys: [] },
)
const kind = fc.constantFrom('AuthnRequest', 'LogoutRequest', 'LogoutResponse')
/** Often none, else one octet of the query that is another, too many or missing. */
const slip = fc.option(fc.record({ at: fc.nat(), octet: fc.constantFrom('', '%', '&', '=', 'A', '+') }), { freq: 3 })

type Slip = { readonly at: number; readonly octet: string } | null

function slipped(url: string, mistake: Slip): string {
  const start = url.indexOf('?') + 1
  if (mistake === null) return url
  const at = start + (mistake.at % (url.length - start))
  return url.slice(0, at) + mistake.octet + url.slice(at + 1)
}

test('whatever is wrong about a message, what is explained first is what the IdP refuses it for', async () => {
  const rules = new Set<string>()
  await fc.assert(
    fc.asyncProperty(kind, given, how, slip, async (of, changes, way, mistake) => {
      // Nobody has this SessionIndex, so that no session ends and the next message meets the same.
      const named = orders.logoutRequest({ nameId, sessionIndexes: ['_none'], ...changes })
      const draft = {
        AuthnRequest: orders.authnRequest(changes),
        LogoutRequest: named,
        LogoutResponse: orders.answerTo(named, changes),
      }
      const url = await orders.redirect(draft[of], way)
      const query = url.slice(url.indexOf('?'))
      const address = of === 'AuthnRequest' ? addresses.sso : addresses.slo
      const { broken, explained, refused, said } = await bothFaces(world, inQuery(slipped(address + query, mistake)))
      rules.add(broken?.rule ?? 'none')
      expect([said, explained]).toEqual([0, refused])
    }),
    { numRuns: 80 },
  )
  expect(rules.size).toBeGreaterThan(5)
})
