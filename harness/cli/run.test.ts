import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { endingOf } from './failure.ts'
import { createProgram } from './program.ts'
import { builtSloop, exitCode } from './sloop-process.test-support.ts'

async function endingOfRun(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const argv = ['run', ...args]
  const startRoles = () => Promise.reject(new TypeError('run starts its own'))
  const program = await createProgram(argv, {
    print: () => undefined,
    stop: new AbortController().signal,
    startRoles,
    environment,
  })
  return program.parseAsync(argv, { from: 'user' }).then(() => undefined, endingOf)
}

test.each([
  [['--drivr', 'http'], "unknown option '--drivr' (did you mean --driver?)"],
  [['a', 'b'], "too many arguments for 'run'. Expected 1 argument but got 2."],
  [
    ['--driver', 'chrome'],
    "option '--driver <driver>' argument 'chrome' is invalid. Allowed choices are http, browser.",
  ],
  [
    ['--reporter', 'list', '--reporter', 'xml'],
    "option '--reporter <reporter>' argument 'xml' is invalid. Allowed choices are list, json, junit, html.",
  ],
  [['--repeat', '0'], "option '--repeat <n>' argument '0' is invalid. It is a whole number from 1 to 10000."],
  [
    ['--shard', '3/2'],
    "option '--shard <i/n>' argument '3/2' is invalid. It is i/n, the i-th of n parts, such as 1/4.",
  ],
  [['--bundle', 'a', '--list'], "option '--bundle <file>' cannot be used with option '--list'"],
  [['a', '--bundle', 'b'], '--bundle repeats one scenario, [a] chooses none'],
])('2 is the code of what cannot be run, since 1 says that something did not hold: %j', async (args, sentence) => {
  expect(await endingOfRun(args)).toEqual({ code: 2, message: `sloop: ${sentence}\n` })
})

test.each([[{ SLOOP_BROWSER: 'opera' }, 'SLOOP_BROWSER is [opera], expected one of chromium, firefox, webkit']])(
  'a browser that nobody knows is refused before anything starts: %j',
  async (environment, sentence) => {
    expect(await endingOfRun(['login/sp-initiated', '--driver', 'browser'], environment)).toEqual({
      code: 2,
      message: `sloop: ${sentence}\n`,
    })
  },
)

test('the program runs scenarios by the name of its package, prints nothing but what was asked for, and ends', async () => {
  const child = builtSloop(['run', 'login/sp-initiated', '--reporter', 'json'])
  const [code, stdout] = await Promise.all([exitCode(child), text(child.stdout)])
  expect([code, JSON.parse(stdout).results]).toEqual([
    0,
    [expect.objectContaining({ id: 'login/sp-initiated', outcome: 'held', differences: [] })],
  ])
}, 60_000)
