import { Unaskable } from './unaskable.ts'

/** What is looked up in a message; undefined where what it stands in could not be read. */
export function asFarAsItCanBeRead<Value>(look: () => Value): Value | undefined {
  try {
    return look()
  } catch (error) {
    if (error instanceof Unaskable) return undefined
    throw error
  }
}
