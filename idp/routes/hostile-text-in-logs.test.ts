import { expect, test } from 'vitest'
import { loggable, loggableText } from '#server/log-facts'
import { logIn, makeWorld, type World } from '../world.test-support.ts'
import { call, makeSoapScene, signedCall } from './soap-scene.test-support.ts'

/** Texts of a peer that would break a log, or fill it. */

const breakingLogs = {
  'line breaks': 'https://evil.test/\r\n{"level":"info","message":"all is well"}\n',
  'an escape of the terminal': 'https://evil.test/\u009B31m\u0085\u2028',
  '100 kB': `https://evil.test/${'x'.repeat(100_000)}`,
  'quotes of JSON': 'https://evil.test/","code":"OK","x":"',
}

/** The lines as they are written in the end. */
const written = ({ log }: World) =>
  log.map(({ facts, message }) => JSON.stringify({ ...(loggable(facts) as object), message: loggableText(message) }))

const senders: readonly (readonly [way: string, send: (issuer: string) => Promise<World>])[] = [
  [
    'Redirect',
    async (issuer) => {
      const world = await makeWorld()
      await world.browser.open(
        await world.orders.redirect(world.orders.logoutRequest({ nameId: { value: 'a' }, issuer })),
      )
      return world
    },
  ],
  [
    'POST',
    async (issuer) => {
      const world = await makeWorld()
      await world.browser.post(
        '/slo',
        await world.orders.form(world.orders.logoutRequest({ nameId: { value: 'a' }, issuer })),
      )
      return world
    },
  ],
  [
    'SOAP',
    async (issuer) => {
      const scene = await makeSoapScene()
      scene.log.length = 0
      await scene.idp.fetch(call(await signedCall(scene, { issuer })))
      return scene
    },
  ],
]

const logged = senders.flatMap(([way, send]) =>
  Object.entries(breakingLogs).map(([name, text]) => [name, way, text, send] as const),
)

test.each(logged)(
  'T80 %s in the Issuer of a LogoutRequest by %s are one short line in the log',
  async (_name, _way, text, send) => {
    const lines = written(await send(text))
    expect(lines).toHaveLength(1)
    for (const line of lines) {
      expect(line).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]|x{256}/u)
      expect(line.length).toBeLessThan(900)
      expect(JSON.parse(line)).toMatchObject({ code: 'SAML_ISSUER' })
    }
  },
)

test.each(Object.entries(breakingLogs))(
  'T80 %s in the RelayState of a request that is refused are in no log',
  async (_name, text) => {
    const world = await makeWorld()
    const { browser, orders } = world
    await browser.open(
      await orders.redirect(orders.logoutRequest({ nameId: { value: 'a' } }), {
        relayState: text.slice(0, 10_000),
        signWith: 'nobody',
      }),
    )
    expect(written(world)).toHaveLength(1)
    expect(written(world).join()).not.toContain('evil')
  },
)

test('T80 a refusal tells no log what the message said', async () => {
  const world = await makeWorld()
  const { browser, orders } = world
  const { nameId, sessionIndex } = await logIn(browser, orders)
  const request = orders.logoutRequest({ nameId, sessionIndexes: [sessionIndex] })
  await browser.open(await orders.redirect(request, { signWith: 'nobody' }))
  const [line = ''] = written(world)
  expect([line.includes(nameId.value), line.includes(sessionIndex), line.includes('<')]).toEqual([false, false, false])
})
