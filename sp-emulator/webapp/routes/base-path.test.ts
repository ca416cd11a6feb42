import { expect, test } from 'vitest'
import { cookieOf, startTestApp, type TestApp } from '../test-app.test-support.ts'

const publicUrl = 'http://proxy.test/kibana'
/** A proxy may take the base path away, or not. */
const proxies = [
  ['that takes the path away', ''],
  ['that keeps the path', '/kibana'],
] as const

const located = ({ status, headers }: Response) => [status, headers.get('location')]
const addressesIn = async (page: Response): Promise<string[]> =>
  [...(await page.text()).matchAll(/(?:href|action)="(?!data:)([^"]*)"/g)].map(([, address = '']) => address)
const behind = (options = {}) => startTestApp({ baseUrl: publicUrl, ...options })

async function signIn(app: TestApp, prefix: string): Promise<string> {
  const body = new URLSearchParams({ SAMLResponse: 'PFJlc3BvbnNlLz4=' })
  const answer = await app.send(
    new Request(`http://proxy.test${prefix}/api/security/saml/callback`, { method: 'POST', body }),
  )
  expect(located(answer)).toEqual([302, '/kibana/'])
  expect(answer.headers.get('set-cookie')).toMatch(/^sloop_app_kibana=[\w-]+; Path=\/kibana; HttpOnly$/)
  return cookieOf(answer)
}

// cases/reports 06
test.each(proxies)('behind a proxy %s the way to a login stays below the base path', async (_proxy, prefix) => {
  await using app = await behind()
  const first = await app.visit(`${prefix}/app/x?a=b`)
  const captured = '/kibana/internal/security/capture-url?next=%2Fkibana%2Fapp%2Fx%3Fa%3Db%26auth_provider_hint%3Dsaml'
  expect(located(first)).toEqual([302, captured])
  const capture = await app.visit(`${prefix}${captured.slice('/kibana'.length)}`)
  expect(await addressesIn(capture)).toEqual(['/kibana/app/x?a=b&amp;auth_provider_hint=saml&amp;auth_url_hash='])
  const begun = await app.visit(`${prefix}/app/x?a=b&auth_provider_hint=saml&auth_url_hash=`)
  expect(app.elasticsearch.bodyOf('POST /_security/saml/prepare')).toEqual({
    acs: `${publicUrl}/api/security/saml/callback`,
  })
  expect(begun.headers.get('set-cookie')).toMatch(/; Path=\/kibana; /)
})

test.each(proxies)('behind a proxy %s pages lead on below the base path', async (_proxy, prefix) => {
  await using app = await behind()
  const cookie = await signIn(app, prefix)
  expect(await addressesIn(await app.visit(`${prefix}/`, { cookie }))).toEqual(['/kibana/logout'])
  const leaving = await app.visit(`${prefix}/logout?SAMLRequest=a`)
  expect(await leaving.clone().text()).toContain("location.replace('/kibana/api/security/logout' + location.search)")
  expect(await addressesIn(leaving)).toEqual(['/kibana/api/security/logout?SAMLRequest=a'])
  expect(await addressesIn(await app.visit(`${prefix}/security/logged_out`))).toEqual(['/kibana/'])
  expect(await addressesIn(await app.visit(`${prefix}/security/unauthenticated?next=%2Fother`))).toEqual(['/kibana/'])
  expect(await addressesIn(await app.visit(`${prefix}/nowhere`))).toEqual(['/kibana/'])
  expect(
    await addressesIn(
      await app.visit(`${prefix}/api/security/logout`, {
        headers: { cookie: 'sloop_app_kibana=1; sloop_app_kibana=2' },
      }),
    ),
  ).toEqual(['/kibana/'])
})

test.each(proxies)(
  'behind a proxy %s a logout lands below the base path and takes the cookie there away',
  async (_proxy, prefix) => {
    await using app = await behind()
    const answer = await app.visit(`${prefix}/api/security/logout`, { cookie: 'sloop_app_kibana=gone' })
    expect(located(answer)).toEqual([302, '/kibana/security/logged_out?msg=LOGGED_OUT'])
    const cookie = await signIn(app, prefix)
    const ended = await app.visit(`${prefix}/api/security/logout?SAMLRequest=a`, { cookie })
    expect(ended.headers.get('set-cookie')).toBe('sloop_app_kibana=; Path=/kibana; HttpOnly; Max-Age=0')
  },
)

test.each(proxies)(
  'behind a proxy %s the careful profile asks and lands below the base path',
  async (_proxy, prefix) => {
    await using app = await behind({ profile: 'careful' })
    const cookie = await signIn(app, prefix)
    expect(await addressesIn(await app.visit(`${prefix}/logout`, { cookie }))).toEqual(['/kibana/api/security/logout'])
    expect(located(await app.visit(`${prefix}/api/security/logout?a=b`))).toEqual([302, '/kibana/logout?a=b'])
  },
)

test.each(proxies)(
  'behind a proxy %s the login page and what it leads to are below the base path',
  async (_proxy, prefix) => {
    await using app = await behind({ selector: true })
    expect(located(await app.visit(`${prefix}/app/x`))).toEqual([302, '/kibana/login?next=%2Fkibana%2Fapp%2Fx'])
    expect(await addressesIn(await app.visit(`${prefix}/login`))).toEqual(['/kibana/internal/security/login'])
    const cookie = await signIn(app, prefix)
    expect(located(await app.visit(`${prefix}/login?next=%2Fkibana%2Fapp%2Fx`, { cookie }))).toEqual([
      302,
      '/kibana/app/x',
    ])
    expect(located(await app.visit(`${prefix}/login?next=%2Fother`, { cookie }))).toEqual([302, '/kibana/'])
  },
)
