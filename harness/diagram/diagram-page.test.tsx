import { expect, test } from 'vitest'
import { diagramPage } from './diagram-page.tsx'
import { entriesOf, participants, received, sent } from './entry.test-support.ts'

test('a diagram is a whole page that loads nothing', () => {
  const entries = entriesOf(sent, { ...received, accepted: true })
  const page = diagramPage('a logout <of alice>', { entries, participants })
  expect(page).toMatch(/^<!doctype html>/)
  expect(page).toContain('<h1>a logout &lt;of alice&gt;</h1>')
  expect(page.replaceAll(/<[^>]*>/g, '').replaceAll(/\s+/g, ' ')).toContain('LogoutRequest from idp to app')
  expect(page).not.toMatch(/<script|src=|href="(?!data:,|#main)/)
})
