/**
 * Answers how to get what `load` loads, once: when it is first asked for, or else as soon as everybody under way has had their turn. So nobody waits for it
 * who only wants to listen, and hardly anybody who comes later.
 */
export function loadSoon<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined
  const get = () => {
    loading ??= load()
    return loading
  }
  // Whoever asks gets the failure; without a handler it would end the process before anybody has.
  setImmediate(() => void get().catch(() => undefined))
  return get
}
