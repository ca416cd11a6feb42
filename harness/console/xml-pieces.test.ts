import { expect, test } from 'vitest'
import { xmlLines } from './xml-pieces.ts'

const shown = (document: string): string[] =>
  xmlLines(document).map(({ depth, pieces }) => '  '.repeat(depth) + pieces.map(({ text }) => text).join(''))

test('each element has a line of its own, and one that has only text stands in one', () => {
  expect(shown('<a x="1"><b>text</b><c/><d></d></a>')).toEqual([
    '<a x="1">',
    '  <b>text</b>',
    '  <c/>',
    '  <d></d>',
    '</a>',
  ])
})

test('names and values of attributes are told apart, and a value may have any character but its quote', () => {
  expect(xmlLines(`<a x="1 > '2'" y='"'/>`)[0]?.pieces).toEqual([
    { kind: 'tag', text: '<a' },
    { kind: 'name', text: ' x=' },
    { kind: 'value', text: `"1 > '2'"` },
    { kind: 'name', text: ' y=' },
    { kind: 'value', text: `'"'` },
    { kind: 'tag', text: '/>' },
  ])
})

test.each([
  '<a',
  '<a x="',
  '<!-- never ends',
  'no XML',
  '</a></b>',
  '<a b=c d>',
  '<',
  '<!DOCTYPE x [<!ENTITY y "z">]>',
])('what is no message is shown whole: %s', (document) => {
  expect(shown(document).join('').replaceAll(' ', '')).toBe(document.replaceAll(' ', ''))
})

test('what never ends takes no longer than its length', () => {
  const lengths = ['<'.repeat(200_000), '<!--'.repeat(50_000), '<a "'.repeat(50_000), '<a x='.repeat(50_000)]
  for (const document of lengths) expect(xmlLines(document).length).toBeGreaterThan(0)
})
