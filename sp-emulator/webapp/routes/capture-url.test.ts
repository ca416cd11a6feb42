import { expect, test } from 'vitest'
import { cookieOf, startTestApp } from '../test-app.test-support.ts'

const capture = (next: string) => `/internal/security/capture-url?next=${encodeURIComponent(next)}`
const linkOf = async (answer: Response) => /href="([^"]*)">Continue</.exec(await answer.text())?.[1]

test('the page that saves the hash goes on by itself, and by its link when scripts are off', async () => {
  await using app = await startTestApp()
  const answer = await app.visit(capture('/app/x?one=two&auth_provider_hint=saml'))
  const [, nonce = ''] =
    /script-src 'nonce-([\w-]{43})'/.exec(answer.headers.get('content-security-policy') ?? '') ?? []
  const page = await answer.text()
  expect([answer.status, answer.headers.get('set-cookie')]).toEqual([200, null])
  expect(page).toContain('href="/app/x?one=two&amp;auth_provider_hint=saml&amp;auth_url_hash=">Continue</a>')
  expect(page).toContain(
    `<script nonce="${nonce}">location.replace(document.querySelector('a.button').getAttribute('href') + encodeURIComponent(location.hash))</script>`,
  )
})

test('case 110: path, query and hash survive a login', async () => {
  await using app = await startTestApp()
  const saved = '/app/x?one=two&auth_provider_hint=saml&auth_url_hash=%23%2Fworkpad%3Fa%3Db'
  const cookie = cookieOf(await app.visit(saved))
  expect((await app.postResponse({ cookie })).headers.get('location')).toBe('/app/x?one=two#/workpad?a=b')
})

test('a hash can neither leave the site nor end a header line', async () => {
  await using app = await startTestApp()
  const cookie = cookieOf(await app.visit('/app?auth_url_hash=%23%0d%0aSet-Cookie:%20a=b%20%C3%BC'))
  const answer = await app.postResponse({ cookie })
  expect(answer.headers.get('location')).toBe('/app#Set-Cookie:%20a=b%20%C3%BC')
})

test.each(['//evil.test', '/\\evil.test', '/\t/evil.test', 'https://evil.test/app', 'javascript:alert(1)', ''])(
  'case 112: a hostile next page is the home page: %j',
  async (next) => {
    await using app = await startTestApp()
    expect(await linkOf(await app.visit(capture(next)))).toBe('/?auth_url_hash=')
  },
)
