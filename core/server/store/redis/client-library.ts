import { ConfigError } from '../../config-error.ts'
import { loadOnce } from '../../load-once.ts'

/** @throws ConfigError when it is not installed */
export const loadClientLibrary = loadOnce(async () => {
  try {
    return await import('redis')
  } catch (cause) {
    throw new ConfigError('--store needs the package [redis], which is not installed: npm install redis', { cause })
  }
})

export type ClientLibrary = Awaited<ReturnType<typeof loadClientLibrary>>
