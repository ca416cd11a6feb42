import { expect, onTestFinished, test, vi } from 'vitest'
import { createLog, type Log, silentLog } from './logging.ts'
import { standardError } from './standard-error.ts'

/** What is written to standard error meanwhile, line by line. */
function logged(write: (log: Log) => void): Record<string, unknown>[] {
  const lines: string[] = []
  const spy = vi.spyOn(standardError, 'write').mockImplementation((line) => void lines.push(line))
  onTestFinished(() => spy.mockRestore())
  write(createLog('idp'))
  return lines.map((line) => JSON.parse(line))
}

test.each([
  ['info', 30],
  ['warn', 40],
  ['error', 50],
] as const)('a line of %s has its level, an instant, the name, the facts and the sentence', (method, level) => {
  const lines = logged((log) => log[method]({ entityId: 'http://sp.test' }, 'loaded metadata'))
  expect(lines).toEqual([
    {
      level,
      time: expect.stringMatching(/^\d{4}-.*Z$/),
      name: 'idp',
      entityId: 'http://sp.test',
      msg: 'loaded metadata',
    },
  ])
})

test('what a peer sent cannot forge a line or drive a terminal', () => {
  const [line] = logged((log) => log.warn({ issuer: 'a\n\u009b2J' }, 'refused \u001b[31m'))
  expect(line).toMatchObject({ issuer: 'a\\u000a\\u009b2J', msg: 'refused \\u001b[31m' })
})

test('a long string is capped', () => {
  const [line] = logged((log) => log.info({ issuer: 'x'.repeat(10_000) }, 'refused'))
  expect(line?.['issuer']).toHaveLength(256)
})

test('the silent log writes nothing', () => {
  expect(logged(() => silentLog.error({}, 'no'))).toEqual([])
})
