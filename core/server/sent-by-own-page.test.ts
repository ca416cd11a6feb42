import { expect, test } from 'vitest'
import { whoSent } from './sent-by-own-page.ts'

const own = 'https://app.test'
const sent = (site: string | undefined, origin?: string) =>
  whoSent(new Headers({ ...(site && { 'sec-fetch-site': site }), ...(origin && { origin }) }), own)

test.each([
  ['same-origin', undefined],
  ['same-origin', own],
  ['none', own],
  [undefined, own],
  ['same-origin', 'http://app.localhost:7070'],
  ['same-origin', 'http://127.0.0.1:7070'],
  ['same-origin', 'http://[::1]:7070'],
])('a browser that says %s and %s was sent by a page of ours', (site, origin) => {
  expect(sent(site, origin)).toBe('own')
})

test.each([
  ['cross-site', undefined],
  ['same-site', own],
  ['anything', own],
  [undefined, 'null'],
  [undefined, 'http://app.localhost:7070'],
])('a browser that says %s and %s was sent by a page of another site', (site, origin) => {
  expect(sent(site, origin)).toBe('foreign')
})

// cases/robustness.md N2
test.each(['https://evil.test', 'http://localhost.evil.test', 'http://127.0.0.1.evil.test', 'null'])(
  'a page of %s, whose name was made to lead here, is not ours though its origin is that of its form',
  (origin) => {
    expect([sent('same-origin', origin), sent('none', origin)]).toEqual(['foreign', 'foreign'])
  },
)

test.each([undefined, 'none'])('who says %s, and names no origin, was sent by nobody that is known', (site) => {
  expect(sent(site)).toBe('unknown')
})
