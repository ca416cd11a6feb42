import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { startServer } from '../small-server.test-support.ts'
import { createHttpAgent } from './http-agent.ts'

// cases/sabotage H3: the agent stands for a browser, so its cookie rules are judged here, against RFC 6265bis §5.

const link = (to: string) => `<a href="${to}">GET</a><form method="post" action="${to}"><button>POST</button></form>`
const script = '<script>document.querySelector("button").click()</script>'

/**
 * Every name below localhost is a site of its own. `/set?cookie=…` sets cookies, `/page?to=…` has a link and a form that lead there, `/auto?to=…` posts by
 * itself, `/redirect?to=…` redirects, and any other path says what came with the request.
 */
async function sites() {
  const port = await startServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://x')
    const to = searchParams.get('to') ?? ''
    if (pathname === '/redirect') return response.writeHead(302, { location: to }).end()
    const cookies = searchParams.getAll('cookie')
    response.writeHead(200, { 'content-type': 'text/html', ...(cookies.length > 0 && { 'set-cookie': cookies }) })
    if (pathname === '/page') return response.end(link(to))
    if (pathname === '/auto')
      return response.end(`<form method="post" action="${to}"><button>Continue</button></form>${script}`)
    const { method, headers } = request
    return response.end(
      `${method} cookies=[${headers.cookie ?? ''}] origin=[${headers.origin ?? ''}] body=[${await text(request)}]`,
    )
  })
  return (site: string, path: string) => `http://${site}.localhost:${port}${path}`
}

const setting = (...cookies: readonly string[]) =>
  `/set?${new URLSearchParams(cookies.map((cookie) => ['cookie', cookie]))}`
const leadingTo = (url: string) => `?to=${encodeURIComponent(url)}`
const four = setting('lax=1; SameSite=Lax', 'strict=1; SameSite=Strict', 'none=1; SameSite=None; Secure')

async function agentWith(address: string) {
  const agent = createHttpAgent()
  await agent.open(address)
  const cookies = async () =>
    /cookies=\[(.*?)\]/
      .exec((await agent.see()).text)?.[1]
      ?.split('; ')
      .toSorted()
      .join(' ')
  return { agent, cookies }
}

test.each([
  ['GET', 'another', 'lax=1 none=1'],
  ['POST', 'another', 'none=1'],
  ['GET', 'app', 'lax=1 none=1 strict=1'],
  ['POST', 'app', 'lax=1 none=1 strict=1'],
])('a %s that a page of %s site begins carries %s', async (method, from, expected) => {
  const at = await sites()
  const { agent, cookies } = await agentWith(at('app', four))
  await agent.open(at(from === 'app' ? 'app' : 'idp', `/page${leadingTo(at('app', '/'))}`))
  await agent.press(method)
  expect(await cookies()).toBe(expected)
})

test('an address that somebody types in carries every cookie', async () => {
  const at = await sites()
  const { agent, cookies } = await agentWith(at('app', four))
  await agent.open(at('idp', '/'))
  await agent.open(at('app', '/'))
  expect(await cookies()).toBe('lax=1 none=1 strict=1')
})

test('a page that posts by itself is the one who begins', async () => {
  const at = await sites()
  const { agent, cookies } = await agentWith(at('app', four))
  await agent.open(at('idp', `/auto${leadingTo(at('app', '/'))}`))
  expect(await cookies()).toBe('none=1')
})

test('a redirect keeps who began, also by way of another site', async () => {
  const at = await sites()
  const { agent, cookies } = await agentWith(at('app', four))
  const back = at('idp', `/redirect${leadingTo(at('app', '/'))}`)
  await agent.open(at('app', `/page${leadingTo(back)}`))
  await agent.press('GET')
  expect(await cookies()).toBe('lax=1 none=1 strict=1')
  await agent.open(at('idp', `/page${leadingTo(back)}`))
  await agent.press('POST')
  expect(await cookies()).toBe('lax=1 none=1')
})

test('a POST says which page it came from and carries its fields', async () => {
  const at = await sites()
  const { agent } = await agentWith(at('idp', `/page${leadingTo(at('app', '/'))}`))
  await agent.press('POST')
  expect((await agent.see()).text).toBe(`POST cookies=[] origin=[${new URL(at('idp', '/')).origin}] body=[]`)
})

test.each([
  ['a cookie without a domain is for its host alone', 'host=1', { app: 'host=1', 'sub.app': '', idp: '' }],
  [
    'a cookie with a domain is for the hosts below it too',
    'all=1; Domain=app.localhost',
    { app: 'all=1', 'sub.app': 'all=1', idp: '' },
  ],
  ['a cookie for another host is not taken', 'foreign=1; Domain=idp.localhost', { app: '', idp: '' }],
  ['Secure is no obstacle at the loopback address', 'secure=1; Secure', { app: 'secure=1' }],
  ['a cookie that is over is gone', 'old=1; Max-Age=0', { app: '' }],
])('%s', async (_rule, cookie, expected: Readonly<Record<string, string>>) => {
  const at = await sites()
  const { agent, cookies } = await agentWith(at('app', setting(cookie)))
  for (const [site, sent] of Object.entries(expected)) {
    await agent.open(at(site, '/'))
    expect(await cookies(), site).toBe(sent)
  }
})

test.each([
  ['/inner', 'path=1'],
  ['/inner/page', 'path=1'],
  ['/innermost', ''],
  ['/', ''],
])('a cookie of the path /inner goes with %s as [%s]', async (path, sent) => {
  const at = await sites()
  const { agent, cookies } = await agentWith(at('app', setting('path=1; Path=/inner')))
  await agent.open(at('app', path))
  expect(await cookies()).toBe(sent)
})

test('cookies that are set aside are those of one host, until they are brought back', async () => {
  const at = await sites()
  const { agent, cookies } = await agentWith(at('app', four))
  await agent.open(at('idp', setting('idp=1')))
  await agent.setAsideCookies(at('app', '/'))
  await agent.open(at('app', '/'))
  expect(await cookies()).toBe('')
  await agent.open(at('idp', '/'))
  expect(await cookies()).toBe('idp=1')
  await agent.bringBackCookies()
  await agent.open(at('app', '/'))
  expect(await cookies()).toBe('lax=1 none=1 strict=1')
})

test('to peek neither leaves the page nor goes without cookies', async () => {
  const at = await sites()
  const { agent } = await agentWith(at('app', four))
  const page = await agent.see()
  expect((await agent.peek(at('app', '/'))).text).toContain('strict=1')
  expect(await agent.see()).toEqual(page)
})

test('a redirect that is caught is not followed', async () => {
  const at = await sites()
  const there = at('app', '/there')
  const { agent } = await agentWith(at('idp', `/page${leadingTo(at('idp', `/redirect${leadingTo(there)}`))}`))
  const { url } = await agent.see()
  expect(await agent.catchRedirect('GET')).toBe(there)
  expect((await agent.see()).url).toBe(url)
})

test('redirects without end are given up with the address of the last', async () => {
  const at = await sites()
  const loop = at('app', `/redirect${leadingTo('/redirect')}`)
  const circle = at('app', `/redirect${leadingTo(loop)}`)
  await expect(createHttpAgent().open(circle)).rejects.toThrow(
    /^no page after 20 hops; the last one is http:\/\/app\.localhost/,
  )
})

test('a control that is not there is told with those that are', async () => {
  const at = await sites()
  const { agent } = await agentWith(at('app', `/page${leadingTo('/')}`))
  await expect(agent.press('Log out')).rejects.toThrow(
    / has no control \[Log out\]; it has \[GET, POST\] and says: GET\s*POST$/,
  )
})
