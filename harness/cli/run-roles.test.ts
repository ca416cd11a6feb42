import { expect, test, vi } from 'vitest'
import type { RunningRoles } from '../roles/role-options.ts'
import { runRoles, worldOf } from './run-roles.ts'

const roles = (): RunningRoles => ({ esUrl: 'http://localhost:9200', close: vi.fn(async () => undefined) })

test('roles is closed when the process is told to stop, and not before', async () => {
  const stop = new AbortController()
  const running = roles()
  const print = vi.fn()
  const ended = runRoles({ print, stop: stop.signal, startRoles: async () => running }, {}, true)
  await vi.waitFor(() => expect(print).toHaveBeenCalledOnce())
  expect(running.close).not.toHaveBeenCalled()
  stop.abort()
  await ended
  expect(running.close).toHaveBeenCalledOnce()
})

test('told to stop while starting, it ends without a word', async () => {
  const stop = new AbortController()
  const print = vi.fn()
  const ended = runRoles({ print, stop: stop.signal, startRoles: () => new Promise(() => undefined) }, {}, true)
  stop.abort()
  await ended
  expect(print).not.toHaveBeenCalled()
})

test('a start that fails because it was given up is no failure', async () => {
  const stop = new AbortController()
  const startRoles = ({ signal }: { signal?: AbortSignal }) =>
    new Promise<RunningRoles>((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))
  const ended = runRoles({ print: vi.fn(), stop: stop.signal, startRoles }, {}, true)
  stop.abort()
  await expect(ended).resolves.toBeUndefined()
})

test('roles get the environment of the process, for files that name its variables', async () => {
  const stop = new AbortController()
  const startRoles = vi.fn(async () => roles())
  stop.abort()
  await runRoles({ print: vi.fn(), stop: stop.signal, startRoles, environment: { HOST: 'shop.test' } }, {}, true)
  expect(startRoles).toHaveBeenCalledWith(expect.objectContaining({ environment: { HOST: 'shop.test' } }))
})

test.each([
  [{}, 'the default world'],
  [{ sloopYml: 'a.yml' }, 'the world of a.yml'],
  [{ elasticsearchYml: 'b.yml' }, 'the realms of b.yml'],
  [{ sloopYml: 'a.yml', elasticsearchYml: 'b.yml' }, 'the world of a.yml and the realms of b.yml'],
])('it is said which world is started: %j', (options, words) => {
  expect(worldOf(options)).toBe(words)
})
