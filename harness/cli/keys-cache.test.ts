import { expect, test } from 'vitest'
import { keysCacheOf } from './keys-cache.ts'

const home = '/home/dana'

test.each([
  ['linux', {}, '/home/dana/.cache/sloop/keys-v1'],
  ['linux', { XDG_CACHE_HOME: '/var/cache/dana' }, '/var/cache/dana/sloop/keys-v1'],
  ['linux', { XDG_CACHE_HOME: '' }, '/home/dana/.cache/sloop/keys-v1'],
  ['linux', { XDG_CACHE_HOME: 'relative' }, '/home/dana/.cache/sloop/keys-v1'],
  ['darwin', {}, '/home/dana/Library/Caches/sloop/keys-v1'],
  ['darwin', { XDG_CACHE_HOME: '/x' }, '/x/sloop/keys-v1'],
  ['win32', { LOCALAPPDATA: '/local' }, '/local/sloop/keys-v1'],
  ['win32', {}, '/home/dana/.cache/sloop/keys-v1'],
] as const)('keys are kept where the platform keeps caches: %s %j', (platform, env, folder) => {
  expect(keysCacheOf({ env, platform, home })).toBe(folder)
})
