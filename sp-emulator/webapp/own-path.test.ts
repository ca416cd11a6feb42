import { expect, test } from 'vitest'
import { ownPath } from './own-path.ts'

const baseUrl = new URL('http://app.localhost:5601')

test.each([['/app/x?one=two'], ['/app/x#/workpad'], ['/%09/evil.test'], ['/app?next=//evil.test']])(
  'an address on the own site is kept: %s',
  (url) => {
    expect(ownPath(url, baseUrl)).toBe(url)
  },
)

test('an absolute address on the own site becomes its path', () => {
  expect(ownPath('http://app.localhost:5601/app?a=b', baseUrl)).toBe('/app?a=b')
})

test.each([
  ['//evil.test'],
  ['///evil.test'],
  ['////evil.test'],
  ['/\\evil.test'],
  ['\\\\evil.test'],
  ['/\t/evil.test'],
  ['\t//evil.test'],
  ['/\r\n/evil.test'],
  ['/.//evil.test'],
  ['https://evil.test/app'],
  ['http://app.localhost:5601@evil.test/'],
  ['http://evil.test@app.localhost:5601/'],
  ['http://app.localhost:5602/'],
  ['https://app.localhost:5601/'],
  ['javascript:alert(1)'],
  ['data:text/html,x'],
  ['http://['],
])('case 112: an address that could leave the own site becomes the home page: %j', (url) => {
  expect(ownPath(url, baseUrl)).toBe('/')
})
