import { expect, test } from 'vitest'
import { logIn, makeWorld, type World } from '../world.test-support.ts'

const session = ({ browser }: World) => browser.cookies.get('sloop_idp') ?? ''

/** Alice is logged in at orders of an IdP with this personality. */
async function signedIn(given: Parameters<typeof makeWorld>[0]) {
  const world = await makeWorld(given)
  await logIn(world.browser, world.orders)
  return { ...world, wanted: { kind: 'LogoutRequest', to: world.orders.entityId, session: session(world) } as const }
}

const queryOf = (minted: object): string => (minted as { queryString: string }).queryString

test('a personality writes what is minted', async () => {
  const { idp, wanted } = await signedIn({ personality: 'adfs' })
  expect(queryOf(await idp.mint(wanted))).toMatch(/&SigAlg=http%3a%2f%2f/)
})

test('a personality writes what is sent', async () => {
  const { browser } = await signedIn({ personality: 'simplesamlphp' })
  const { location } = await browser.press(await browser.open('/'), 'Log out everywhere')
  expect(location).toMatch(/\?SAMLRequest=[^&]+$/)
})

test('what the caller changes wins over the personality, key by key', async () => {
  const { idp, wanted } = await signedIn({ personality: 'adfs' })
  const query = queryOf(await idp.mint({ ...wanted, change: { escapes: 'upper', relayState: 'empty' } }))
  expect(query).toMatch(/&RelayState=&SigAlg=http%3A%2F%2F/)
})

test('what a personality changes and this message cannot take is left out, and nobody is told', async () => {
  const { idp, wanted, log } = await signedIn({ personality: 'shibboleth' })
  expect((await idp.mint(wanted)).document).toContain('NameID')
  expect(log.filter(({ level }) => level !== 'info')).toEqual([])
})

test('without a personality nothing is changed', async () => {
  const { idp, wanted } = await signedIn({})
  expect(queryOf(await idp.mint(wanted))).toMatch(/&SigAlg=http%3A%2F%2F/)
})
