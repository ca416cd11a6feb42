/** What a person configured cannot work. The message is one sentence that person understands; the cli prints it and exits with 1. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}
