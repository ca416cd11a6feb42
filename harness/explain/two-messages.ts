import { ConfigError } from '#server/config-error'
import { messageParameters } from './document-in.ts'

/**
 * Passes parameters that carry at most one message.
 * @throws ConfigError when there are two
 */
export function checkOneMessage(names: readonly string[], where: string): void {
  const messages = names.filter((name) => (messageParameters as readonly string[]).includes(name))
  if (messages.length < 2) return
  const [one, other] = messages
  const which = one === other ? `${one} twice` : `a ${one} and a ${other}`
  throw new ConfigError(`${where} has two messages, ${which}: expected one`)
}
