import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { listen } from '#server/serve'
import { startTestApp } from './test-app.test-support.ts'

/** The application behind a socket, where requests are what Node makes of them. */
async function listening() {
  const app = await startTestApp()
  const listener = await listen({ host: '127.0.0.1', port: 0 })
  listener.mount(app.fetch)
  const dispose = async () => {
    await listener.close()
    await app[Symbol.asyncDispose]()
  }
  return { app, port: listener.port, [Symbol.asyncDispose]: dispose }
}

interface Wire {
  readonly port: number
  readonly path: string
  readonly method?: string
  readonly chunks?: readonly string[]
}

/** Sends a request target as it is written: `fetch` would normalise it. Without a length, the body travels in chunks. */
function overTheWire({ port, path, method = 'GET', chunks = [] }: Wire): Promise<{ status: number; page: string }> {
  return new Promise((resolve, reject) => {
    const headers = method === 'POST' ? { 'content-type': 'application/x-www-form-urlencoded' } : {}
    const outgoing = request({ host: '127.0.0.1', port, path, method, headers }, async (answer) => {
      resolve({ status: answer.statusCode ?? 0, page: await text(answer) })
    })
    outgoing.on('error', reject)
    for (const chunk of chunks) outgoing.write(chunk)
    outgoing.end()
  })
}

test('case 99: over a socket the query reaches Elasticsearch octet for octet', async () => {
  await using it = await listening()
  const query = `SAMLRequest=a%2b%2F+b&RelayState='"<>/../{}|^\\&SigAlg=x&Signature=y%3d?z`
  const { status } = await overTheWire({ port: it.port, path: `/api/security/logout?${query}` })
  expect(status).toBe(302)
  expect(it.app.elasticsearch.bodyOf('POST /_security/saml/invalidate')).toMatchObject({ query_string: query })
})

test('over a socket the logout page carries the octets on', async () => {
  await using it = await listening()
  const { page } = await overTheWire({ port: it.port, path: `/logout?SAMLRequest=a%2b'"<&Signature=y` })
  expect(page).toContain('href="/api/security/logout?SAMLRequest=a%2b&#39;&quot;&lt;&amp;Signature=y"')
})

test('a form that comes in chunks is read', async () => {
  await using it = await listening()
  const chunks = ['SAMLResponse=PD', '94&RelayState=x']
  const { status } = await overTheWire({ port: it.port, path: '/api/security/saml/callback', method: 'POST', chunks })
  expect(status).toBe(302)
  expect(it.app.elasticsearch.bodyOf('POST /_security/saml/authenticate')).toEqual({ content: 'PD94', ids: [] })
})

test('a form that comes in chunks is not read past a megabyte', async () => {
  await using it = await listening()
  const chunks = ['SAMLResponse=', 'x'.repeat(1024 * 1024)]
  const answer = await overTheWire({ port: it.port, path: '/api/security/saml/callback', method: 'POST', chunks })
  expect(answer.status).toBe(413)
  expect(answer.page).toContain('The request is larger than one megabyte.')
})

test('a request target that names another host is answered, and leads nowhere else', async () => {
  await using it = await listening()
  const { status, page } = await overTheWire({ port: it.port, path: 'http://evil.test/security/logged_out' })
  expect(status).toBe(200)
  expect(page).toContain('<a class="button" href="/">Log in</a>')
})
