import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { documentsOf } from './reporters.ts'
import { differing, held, lied, results } from './results.test-support.ts'
import { writeReport } from './write-report.ts'

const [json = '', junit = '', html = ''] = documentsOf(['list', 'json', 'junit', 'html'], results)

/** What stands at a place of the XML, by another reader. */
const inJunit = (xpath: string): string =>
  execFileSync('xmllint', ['--xpath', xpath, '-'], { input: junit, encoding: 'utf8' }).trim()

test('JSON has of each result what the contract names, and null where there is nothing', () => {
  const { results: written } = JSON.parse(json)
  expect(written.map(Object.keys)).toEqual(
    results.map(() => ['id', 'title', 'family', 'outcome', 'reason', 'claimed', 'proven', 'differences', 'ms']),
  )
  expect(written[0]).toMatchObject({ id: 'logout/held', family: 'logout', outcome: 'held', reason: null, ms: 45 })
  expect(written[0]).toMatchObject({ claimed: held.claimed, proven: held.proven, differences: [] })
  expect(written[3]).toMatchObject({ outcome: 'notRun', reason: 'only by --driver browser: it is about frames' })
  expect(written[3]).toMatchObject({ claimed: null, proven: null })
})

test('JUnit XML has a suite for each family, which counts its own', () => {
  const counted = (family: string) =>
    inJunit(
      `concat(//testsuite[@name='${family}']/@tests, ' ', //testsuite[@name='${family}']/@failures, ' ', //testsuite[@name='${family}']/@skipped, ' ', //testsuite[@name='${family}']/@time)`,
    )
  expect([counted('logout'), counted('login')]).toEqual(['2 1 0 1.245', '2 1 1 0.007'])
})

test('in JUnit XML a claim that is not so is a failure of its own type, beside what else differs', () => {
  const failures = "//testcase[@name='logout/lied: who says that it is over tells the truth']/failure"
  expect(inJunit(`concat(${failures}[1]/@type, '|', ${failures}[1])`)).toBe(
    'claimed, not so|wiki claims that the session ended, and it has not',
  )
  expect(inJunit(`concat(${failures}[2]/@type, '|', ${failures}[2])`)).toBe(
    'differs|accessToken is alive, expected dead',
  )
})

test('JUnit XML says why a scenario was skipped, and carries what XML cannot as something that it can', () => {
  expect(inJunit('string(//skipped/@message)')).toBe('only by --driver browser: it is about frames')
  expect(inJunit("string(//testcase[@classname='sloop.login']/failure)")).toBe(
    'the page does not say [a] but [b\n\\u001b[31m <c>\uFFFD]',
  )
})

test('the HTML asks nobody for anything, and its policy knows each style and the one script by their hashes', () => {
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1]?.replaceAll('&#39;', "'")
  const hashes = [...html.matchAll(/<(style|script)>(.*?)<\/\1>/gs)].map(
    ([, , text = '']) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`,
  )
  expect(hashes).toHaveLength(4)
  expect(policy).toBe(
    `default-src 'none'; img-src data:; style-src ${hashes.slice(0, 3).join(' ')}; script-src ${hashes[3]}; base-uri 'none'; form-action 'none'`,
  )
  const loaded = [...html.matchAll(/\s(?:src|href|action)="([^"]*)"/g)].map(([, address = '']) => address)
  expect(loaded.length).toBeGreaterThan(3)
  expect(loaded.filter((address) => !/^(#|data:)/.test(address))).toEqual([])
  expect(html).not.toMatch(/\sstyle="|\son\w+="/)
})

test('the HTML tells of a scenario its conditions, its steps in words, what was claimed and proven, each message and the screen', () => {
  for (const part of [
    'Conditions: <code>{&quot;browser&quot;:{&quot;scripts&quot;:&quot;off&quot;}}</code>',
    '<li>press “Log out”</li>',
    'You are &lt;logged&gt; out\nName  Answer',
    '<dt>wiki: session of the application</dt><dd class="alive">signed in</dd>',
    'session of the application signed out, access token dead, refresh token dead',
    '<details id="logout-held--1">',
    'a &amp;amp; b',
    `src="data:image/png;base64,${Buffer.from('png').toString('base64')}"`,
  ]) {
    expect(html).toContain(part)
  }
})

test('the HTML opens what does not hold, and says under a heading of its own what was claimed and is not so', () => {
  const opened = [...html.matchAll(/<details class="story[^"]*" id="([\w-]+)"[^>]* open/g)].map(([, id]) => id)
  expect(opened).toEqual(['logout-lied', 'login-differs'])
  expect(html).toContain(`<h3>Claimed, not so</h3><ul><li>${lied.lies[0]}</li></ul>`)
  expect(html).toContain('does not say [a] but [b\n\\u001b[31m &lt;c&gt;')
})

test('every link in the HTML leads to something in it', () => {
  const ids = new Set([...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id))
  const targets = [...html.matchAll(/href="#([^"]*)"/g)].map(([, target]) => target)
  expect(targets).toContain('logout-held--1')
  expect(targets.filter((target) => !ids.has(target))).toEqual([])
})

test('a report is a folder of whole files, with a diagram of each scenario that was told', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sloop-report-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  writeReport(join(folder, 'deep/in'), [held, { ...held, round: 2, rounds: 2 }, differing])
  const files = readdirSync(join(folder, 'deep/in'), { recursive: true }).map(String).sort()
  expect(files).toEqual([
    'diagrams',
    join('diagrams', 'logout-held-2.mmd'),
    join('diagrams', 'logout-held.mmd'),
    'report.html',
    'report.json',
    'report.xml',
  ])
})
