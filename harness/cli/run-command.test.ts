import { expect, test } from 'vitest'
import { ConfigError } from '#server/config-error'
import { runCommand } from './run-command.ts'

const roles = { idpUrl: 'http://idp.test', esUrl: 'http://es.test', close: async () => undefined }
const run = (words: readonly string[], stop = new AbortController().signal) =>
  runCommand({ words, environment: { PATH: '/bin:/usr/bin', SLOOP_APP: undefined, KEPT: 'yes' }, stop }, roles)
const node = (script: string) => [process.execPath, '--eval', script]

test.each([0, 1, 7])('its exit code is the answer: %i', async (code) => {
  expect(await run(node(`process.exit(${code})`))).toBe(code)
})

test('it finds the roles that run in its environment, beside what was there', async () => {
  const { SLOOP_IDP, SLOOP_ES, SLOOP_APP, KEPT } = {
    ...roles,
    SLOOP_IDP: 'http://idp.test',
    SLOOP_ES: 'http://es.test',
    SLOOP_APP: undefined,
    KEPT: 'yes',
  }
  const wanted = JSON.stringify([SLOOP_IDP, SLOOP_ES, SLOOP_APP, KEPT])
  const seen = 'JSON.stringify([process.env.SLOOP_IDP, process.env.SLOOP_ES, process.env.SLOOP_APP, process.env.KEPT])'
  expect(await run(node(`process.exit(${seen} === ${JSON.stringify(wanted)} ? 0 : 1)`))).toBe(0)
})

test('a signal that ended it is told as shells do', async () => {
  expect(await run(node(`process.kill(process.pid, 'SIGKILL')`))).toBe(137)
})

test('told to stop, it is ended', async () => {
  const stop = new AbortController()
  const ended = run(node('setInterval(() => undefined, 1000)'), stop.signal)
  stop.abort()
  expect(await ended).toBe(143)
})

test.each([
  ['/nowhere/program', 'there is no such program'],
  ['/', 'it may not be run'],
])('a program that cannot be run is one sentence: %s', async (program, reason) => {
  await expect(run([program])).rejects.toThrow(new ConfigError(`cannot run [${program}]: ${reason}`))
})
