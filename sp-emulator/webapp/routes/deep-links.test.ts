import { expect, test } from 'vitest'
import { baseUrl, startTestApp } from '../test-app.test-support.ts'
import type { WebAppOptions } from '../web-app-options.ts'

const deepLinks = { providers: [{ type: 'saml', name: 'saml', useRelayStateDeepLink: true }] } as const

async function landing(relayState: string | undefined, options: Partial<WebAppOptions> = deepLinks) {
  await using app = await startTestApp(options)
  const answer = await app.postResponse(relayState === undefined ? {} : { relayState })
  return [answer.status, answer.headers.get('location')]
}

test('case 63: RelayState leads nowhere while deep links are off', async () => {
  expect(await landing('/app/y', {})).toEqual([302, '/'])
})

test('case 64: a Response without RelayState leads home', async () => {
  expect(await landing(undefined)).toEqual([302, '/'])
})

test.each([
  ['cases 44 and 65: another site', 'https://evil.test/app'],
  ['case 66: no scheme', '//evil.test'],
  ['T76: a backslash', '/\\evil.test'],
  ['T76: a script', 'javascript:alert(1)'],
  ['T76: somebody of our name', 'http://app.localhost:5601@evil.test/'],
  ['T76: a tab between the slashes', '/\t/evil.test'],
  ['T76: a line break between the slashes', '/\r\n/evil.test'],
  ['T76: dot segments', '/.//evil.test'],
  ['T76: nothing', ''],
])('RelayState never leads to another site: %s', async (_case, relayState) => {
  expect(await landing(relayState)).toEqual([302, '/'])
})

test.each([
  ['a path', '/app/y?a=b#/c', '/app/y?a=b#/c'],
  ['our own address', 'http://app.localhost:5601/app/y', '/app/y'],
  ['T79: a line break in a path', '/app\r\nSet-Cookie: a=b', '/appSet-Cookie:%20a=b'],
  ['T79: characters beyond ASCII', '/app/ü\u2028', '/app/%C3%BC%E2%80%A8'],
])('cases 43 and 67: RelayState leads to a page of our own: %s', async (_case, relayState, location) => {
  expect(await landing(relayState)).toEqual([302, location])
})

test('cases 54 and 57: RelayState leads nowhere when the login was our own', async () => {
  await using app = await startTestApp(deepLinks)
  const cookie = await app.startLogin('/app/x')
  const answer = await app.postResponse({ cookie, relayState: '/app/y' })
  expect(answer.headers.get('location')).toBe('/app/x')
})

test.each([
  ['case 57: with RelayState', '/app/y'],
  ['case 58: without RelayState', undefined],
])('a login whose page got lost leads home: %s', async (_case, relayState) => {
  await using app = await startTestApp(deepLinks)
  const pendingLogins = [{ id: '_1', wantedPath: '' }]
  const id = await app.sessions.create({ kind: 'intermediate', provider: 'saml', realm: 'saml1', pendingLogins })
  const answer = await app.postResponse({ cookie: `sloop_app=${id}`, ...(relayState !== undefined && { relayState }) })
  expect(answer.headers.get('location')).toBe('/')
})

test('cases 74 and 76: over a session of the same user RelayState names the page too', async () => {
  await using app = await startTestApp(deepLinks)
  const cookie = await app.signIn()
  const answer = await app.postResponse({ cookie, relayState: '/app/y' })
  expect(answer.headers.get('location')).toBe('/app/y')
})

const ofLength = (octets: number): string => '/app/'.padEnd(octets, 'x')

test.each([
  ['80 octets', ofLength(80), ofLength(80)],
  ['81 octets', ofLength(81), '/'],
  ['10 000 octets', ofLength(10_000), '/'],
  // cases/sabotage XW11: letters of two octets tell octets from characters.
  ['80 octets in 43 characters', `/app/x${'ü'.repeat(37)}`, `/app/x${'%C3%BC'.repeat(37)}`],
  ['81 octets in 43 characters', `/app/${'ü'.repeat(38)}`, '/'],
  ['85 octets in 45 characters', `/app/${'ü'.repeat(40)}`, '/'],
])('T76: the careful profile drops RelayState beyond the limit of SAML: %s', async (_case, relayState, location) => {
  expect(await landing(relayState, { ...deepLinks, profile: 'careful' })).toEqual([302, location])
})

// cases/robustness D1, E1
test('HEAD begins no login', async () => {
  await using app = await startTestApp()
  const address = `${baseUrl}/app/x?auth_provider_hint=saml&auth_url_hash=`
  const answer = await app.send(new Request(address, { method: 'HEAD' }))
  expect([answer.status, answer.headers.get('set-cookie')]).toEqual([404, null])
  expect(app.elasticsearch.calls).toEqual([])
})
