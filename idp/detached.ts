/**
 * A value with texts of its own. What is read out of a message are slices of it, and a slice that is kept keeps the whole message in memory.
 */
export function detached<T>(value: T): T {
  return structuredClone(value)
}
