import { afterAll, beforeEach, expect, test } from 'vitest'
import { startLab } from '../lab.ts'
import type { Cli } from './cli.ts'
import { endingOf } from './failure.ts'
import { createProgram } from './program.ts'

const lab = await startLab({ applications: [] })
afterAll(() => lab.close())
beforeEach(() => lab.reset())

async function journal(words: readonly string[], cli: Partial<Cli> = {}, at = lab.esUrl) {
  const argv = ['journal', ...words, '--at', at]
  let printed = ''
  const print = (text: string) => {
    printed += text
  }
  const startRoles = () => Promise.reject(new TypeError('journal starts nothing'))
  try {
    const program = await createProgram(argv, { print, stop: new AbortController().signal, startRoles, ...cli })
    await program.parseAsync(argv, { from: 'user' })
    return { printed, code: 0, message: '' }
  } catch (error) {
    return { printed, ...endingOf(error) }
  }
}

test.each([
  [[], /^\d+ {2}\d\d:\d\d:\d\d\.\d{3} {2}reset\n/],
  [['--format', 'jsonl'], /^\{"seq":\d+,.*"what":"reset",.*\}\n/],
  [['--format', 'har'], /^\{"log":\{"version":"1\.2",.*\}\n$/],
  [['--format', 'mermaid'], /^sequenceDiagram\n/],
])('what was seen is printed: %j', async (words, printed) => {
  const done = await journal(words)
  expect([done.code, done.message]).toEqual([0, ''])
  expect(done.printed).toMatch(printed)
})

test('following prints what is there, then what comes, until it is told to stop', async () => {
  const stop = new AbortController()
  const printed: string[] = []
  const print = (text: string) => {
    printed.push(...text.trimEnd().split('\n'))
    if (printed.length === 1) void lab.reset()
    else stop.abort()
  }
  expect(await journal(['--follow', '--format', 'jsonl'], { print, stop: stop.signal })).toMatchObject({ code: 0 })
  const [first, second] = printed.map((line) => JSON.parse(line))
  expect([first.what, second.what, second.seq]).toEqual(['reset', 'reset', first.seq + 1])
})

test('a lab that closes ends who follows, with a sentence', async () => {
  const other = await lab.labs.create({ applications: [] })
  let printed = 0
  const print = () => {
    printed += 1
    // What is there is printed before anything is followed.
    void (printed === 1 ? other.reset() : other.close())
  }
  const { code, message } = await journal(['--follow'], { print }, other.esUrl)
  expect([code, message]).toEqual([
    1,
    `sloop: ${other.esUrl}: the stream has ended, since sloop or the lab there was closed\n`,
  ])
})

test('a format that is written as a whole cannot be followed', async () => {
  expect(await journal(['--follow', '--format', 'har'])).toMatchObject({
    ...{ code: 1, printed: '' },
    message: 'sloop: --follow: har is written as a whole, expected --format text or jsonl\n',
  })
})
