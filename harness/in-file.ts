import { ConfigError } from '#server/config-error'

/** Does what a configuration file asks for; a ConfigError on the way begins with the file. */
export async function inFile<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    if (!(cause instanceof ConfigError)) throw cause
    throw new ConfigError(`${path}: ${cause.message}`, { cause })
  }
}
