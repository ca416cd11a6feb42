import { expect, test } from 'vitest'
import { hostileXml } from '#saml/hostile-xml.test-support'
import { writeLogoutRequest } from '#saml/messages/logout-request'
import { writeSpMetadata } from '#saml/metadata/sp-metadata'
import { readServiceProviders } from '../directory/read-service-providers.ts'
import { noon } from '../sp.test-support.ts'
import { logIn, makeWorld, whoIsSignedIn } from '../world.test-support.ts'
import { carriers } from './carriers.test-support.ts'

const { orders } = await makeWorld()
const request = orders.logoutRequest({ nameId: { value: 'alice' } })
const cases = hostileXml.flatMap(([name, change, code]) =>
  carriers.map((carrier) => [name, carrier.name, carrier, change, code] as const),
)

test.each(cases)(
  '%s, by %s: a LogoutRequest that costs more than it is worth is refused and ends nothing',
  async (_name, _by, carrier, change, code) => {
    const world = await makeWorld()
    await logIn(world.browser, world.orders)
    world.log.length = 0
    const document = writeLogoutRequest({ ...request, destination: carrier.address })
    const { status, location, says } = await carrier.deliver(world, change(carrier.wrap(document)))
    expect([status >= 400 && status !== 404, location, says]).toEqual([true, '', expect.stringContaining(code)])
    expect(says.length).toBeLessThan(2_000)
    expect(world.log.map(({ level, facts }) => [level, facts['code']])).toEqual([
      ['warn', expect.stringContaining(code)],
    ])
    expect(await whoIsSignedIn(world.browser)).toBe('alice')
  },
)

test.each(hostileXml)('%s: metadata of a service provider is refused', (_name, change, code) => {
  const metadata = writeSpMetadata(orders.metadata)
  expect(readServiceProviders(metadata, {}, noon)).toHaveLength(1)
  expect(() => readServiceProviders(change(metadata), {}, noon)).toThrow(
    expect.objectContaining({ code: `SAML_${code}` }),
  )
})
