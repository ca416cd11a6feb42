/**
 * The same plain value, as JSON can say it, in memory of its own. A string that was cut out of a text keeps all of that text alive in V8 (a sliced
 * string), so whatever outlives the message that it was read from is copied out of it first.
 */
export function copyOut<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T
}
