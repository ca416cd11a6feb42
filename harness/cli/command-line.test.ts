import { expect, test } from 'vitest'
import { ConfigError } from '#server/config-error'
import { divideCommandLine } from './command-line.ts'

test.each([
  [[], undefined],
  [['up', '--json'], undefined],
  [
    ['up', '--', 'npm', 'test'],
    ['npm', 'test'],
  ],
  [
    ['up', '--json', '--', 'npm', 'test', '--', '--bail'],
    ['npm', 'test', '--', '--bail'],
  ],
])('what stands behind -- is the command: %j', (argv, command) => {
  const end = argv.indexOf('--')
  expect(divideCommandLine(argv)).toEqual({ own: end === -1 ? argv : argv.slice(0, end), command })
})

test.each([
  [['up', '--'], 'behind -- stands the command to run, found nothing'],
  [['idp', '--', 'npm', 'test'], 'only [sloop up] runs a command behind --'],
])('a command that nobody runs is refused: %j', (argv, sentence) => {
  expect(() => divideCommandLine(argv)).toThrow(new ConfigError(sentence))
})
