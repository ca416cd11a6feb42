import { expect, test } from 'vitest'
import { createInProcessBrowser } from './in-process-browser.ts'

const page = (body: string) => new Response(body, { headers: { 'content-type': 'text/html' } })

test('a page with frames goes on by its refresh once they have come, also where a frame leads to somebody else', async () => {
  const asked: string[] = []
  const pages: Readonly<Record<string, string>> = {
    '/frames':
      '<meta http-equiv="refresh" content="9;url=/end"><iframe src="/one"></iframe><iframe src="http://x/"></iframe>',
    '/one': '<a href="/two">Continue</a><script></script>',
    '/end': '<p>over</p>',
  }
  const party = async (request: Request) => {
    const { pathname } = new URL(request.url)
    asked.push(pathname)
    return page(pages[pathname] ?? '')
  }
  const browser = createInProcessBrowser(({ hostname }) => (hostname === 'idp.test' ? party : undefined))
  const { text } = await browser.go({ method: 'GET', url: 'http://idp.test/frames' })
  expect([text, asked]).toEqual(['over', ['/frames', '/one', '/two', '/end']])
})

test('a page that only waits is where a person is', async () => {
  const party = async () => page('<meta http-equiv="refresh" content="9;url=/">waiting')
  const { text } = await createInProcessBrowser(() => party).go({ method: 'GET', url: 'http://idp.test/' })
  expect(text).toBe('waiting')
})
