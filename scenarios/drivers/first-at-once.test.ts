import { expect, test } from 'vitest'
import { firstAtOnce } from './first-at-once.ts'

/** A browser that notes what is made in it. */
function fakeBrowser() {
  const made: string[] = []
  const browser = firstAtOnce({
    browserType: () => ({ name: () => 'chromium' }),
    newContext: async ({ javaScriptEnabled } = {}) => {
      const name = `context ${made.length + 1}${javaScriptEnabled === false ? ' without scripts' : ''}`
      made.push(name)
      return { name, newPage: async () => void made.push(`page in ${name}`) }
    },
  })
  return { browser, made }
}

test('the first context and its page are there before anybody asks, and are given once', async () => {
  const { browser, made } = fakeBrowser()
  expect(await browser.newContext({ javaScriptEnabled: true })).toMatchObject({ name: 'context 1' })
  expect(made).toEqual(['context 1', 'page in context 1'])
  expect(await browser.newContext({ javaScriptEnabled: true })).toMatchObject({ name: 'context 3' })
})

test('a context without scripts is another one', async () => {
  const { browser } = fakeBrowser()
  const { name } = (await browser.newContext({ javaScriptEnabled: false })) as { name: string }
  expect(name).toMatch(/ without scripts$/)
  expect(await browser.newContext()).toMatchObject({ name: 'context 1' })
})
