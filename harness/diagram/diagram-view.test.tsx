import { expect, test } from 'vitest'
import type { JournalEntry } from '../journal/entry-schema.ts'
import { makeDiagram } from './diagram.ts'
import { DiagramView } from './diagram-view.tsx'
import { entriesOf, participants, received, sent } from './entry.test-support.ts'

const drawn = (...entries: readonly Partial<JournalEntry>[]): string => {
  const diagram = makeDiagram(entriesOf(...entries), participants)
  return (<DiagramView diagram={diagram} href={(seq) => `journal/${seq}`} />).toString()
}

test('each row leads to its entry and says in words what its arrow shows', () => {
  const row = drawn(sent, { ...received, accepted: true }).split('<li')[1] ?? ''
  expect(row).toContain('<a href="journal/1">')
  expect(row.replaceAll(/<[^>]*>/g, '').replaceAll(/\s+/g, ' ')).toContain(
    'LogoutRequest from idp to app redirect · alice✓ accepted',
  )
})

test('what others wrote is text and never markup', () => {
  const refusal = { code: 'X', message: '<img src=x onerror=alert(1)>', expected: null, actual: null }
  const page = drawn({ ...sent, to: 'urn:<script>alert(1)</script>', user: '"><b>x' }, { ...received, refusal })
  expect(page).toContain('urn:&lt;script&gt;')
  expect(page).not.toMatch(/<script|<img|<b>x/)
})

test('a thousand arrows are a small page', () => {
  const many = Array.from({ length: 1_000 }, (_, index) => ({ ...sent, id: `_${index}` }))
  expect(drawn(...many).length).toBeLessThan(400_000)
})
