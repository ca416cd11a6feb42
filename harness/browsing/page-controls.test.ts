import { expect, test } from 'vitest'
import { parsePage } from './page-controls.ts'

const textOf = (body: string) => parsePage(`<html><body>${body}</body></html>`, 'http://app.test/').text

test('the cells of a table are separated by a tab, its rows by a newline', () => {
  const page = `<table>
    <caption>Answers</caption>
    <thead><tr><th>Who</th><th>Answer</th></tr></thead>
    <tbody><tr><th>Alice</th><td>Bob</td></tr><tr><th>Carol</th><td></td></tr></tbody>
  </table>`
  expect(textOf(page)).toBe('Answers\nWho\tAnswer\nAlice\tBob\nCarol\t')
})

test('a first cell that is empty keeps the place of the second', () => {
  expect(textOf('<table><tr><td></td><td>Bob</td></tr></table>')).toBe('\tBob')
})

test('every block and every button is a line of its own', () => {
  const page =
    '<h1>Log in</h1><p>as</p><form><button>alice</button><button>bob</button></form><ul><li>1</li></ul>2<br>3'
  expect(textOf(page)).toBe('Log in\nas\nalice\nbob\n1\n2\n3')
})

test('a sentence is one line however its source is broken and emphasized', () => {
  expect(textOf('<p>\n  The session of <strong>alice</strong>\n  has ended<em>.</em>\n</p>')).toBe(
    'The session of alice has ended.',
  )
})

test('what is not drawn on the page is no part of its text', () => {
  const page =
    '<!doctype html><html><head><title>Portal</title></head><body>a<script>b</script><style>c</style><!--d--></body></html>'
  expect(parsePage(page, 'http://app.test/').text).toBe('a')
})

test('a name of a control is one line', () => {
  const { controls } = parsePage('<a href="/out"><b>Log</b>\n out<small><br>everywhere</small></a>', 'http://app.test/')
  expect([...controls]).toEqual([['Log out everywhere', { method: 'GET', url: 'http://app.test/out' }]])
})

const at = (body: string, scripts?: 'off') => parsePage(body, 'http://app.test/a/b', { scripts })

test.each([
  ['5; url=/next', { seconds: 5, url: 'http://app.test/next' }],
  ["0;URL='c'", { seconds: 0, url: 'http://app.test/a/c' }],
  ['3', { seconds: 3, url: 'http://app.test/a/b' }],
  ['soon', undefined],
])('a refresh of [%s] leads there after its time', (content, refresh) => {
  expect(at(`<meta http-equiv="Refresh" content="${content}">`).refresh).toEqual(refresh)
})

test('a page that waits for its refresh presses nothing by itself', () => {
  const page = '<form method="post" action="/on"><button>Continue</button></form><script></script>'
  expect(at(page).automatic).toEqual({ method: 'POST', url: 'http://app.test/on', body: '' })
  expect(at(`<meta http-equiv="refresh" content="1;url=/">${page}`).automatic).toBe(undefined)
})

test('with scripts off nothing is pressed by itself, and what is for those without scripts is there', () => {
  const page = '<noscript><a href="/plain">Plain</a></noscript><a href="/on">Continue</a><script></script>'
  const [on, off] = [at(page), at(page, 'off')]
  expect([on.text, [...on.controls.keys()], on.automatic?.url]).toEqual([
    'Continue',
    ['Continue'],
    'http://app.test/on',
  ])
  expect([off.text, [...off.controls.keys()], off.automatic]).toEqual([
    'PlainContinue',
    ['Plain', 'Continue'],
    undefined,
  ])
})

test('the frames of a page are told by their addresses', () => {
  expect(at('<iframe src="c"></iframe><iframe></iframe>').frames).toEqual(['http://app.test/a/c'])
})
