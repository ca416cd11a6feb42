import { ConfigError } from '#server/config'

/** Does what one setting asks for. @throws ConfigError which begins with the dotted path of the setting. */
export async function explain<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    throw new ConfigError(`${path}: ${(cause as Error).message}`, { cause })
  }
}
