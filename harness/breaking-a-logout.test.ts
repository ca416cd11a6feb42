import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { bugs } from './bugs/bugs.ts'
import { readSteps, runSteps } from './shell-page.test-support.ts'

const page = readFileSync(new URL('../docs/breaking-a-logout.md', import.meta.url), 'utf8')

test('what docs/breaking-a-logout.md shows is what happens, line by line', async () => {
  const steps = readSteps(page)
  expect(await runSteps(steps)).toEqual(steps)
}, 60_000)

test('it breaks a logout in ten ways, each by a message, and with an answer', () => {
  const ways = page.split(/^## \d+\. /m).slice(1)
  const parts = [/^query=\$\(sloop mint .*\)$/m, /^# \{/m, /\([A-J]\d+, \[/]
  expect(ways).toHaveLength(10)
  expect(ways.filter((way) => !parts.every((part) => part.test(way)))).toEqual([])
})

test('each bug that it names is in the catalogue, with the thread that it names', () => {
  const named = [...page.matchAll(/\(([A-J]\d+), \[(\S+#\d+)\]\((\S+?)\)\)/g)].map(([, ...words]) => words)
  const known = named.map(([id, thread = '']) => {
    const threads = bugs.find((bug) => bug.id === id)?.threads.split(' ') ?? []
    return [id, threads.includes(thread) ? thread : threads, `https://github.com/${thread.replace('#', '/issues/')}`]
  })
  expect(named.length).toBeGreaterThanOrEqual(10)
  expect(known).toEqual(named)
})
