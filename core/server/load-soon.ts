import { loadOnce } from './load-once.ts'

/**
 * Answers how to get what is made of what `load` loads. It is loaded once: when somebody first asks, or else as soon as everybody under way has had their turn, so that nobody waits for it
 * who only wants to listen, and hardly anybody who comes later. It is made when somebody first asks, since many are never asked.
 */
export function loadSoon<Loaded, T>(load: () => Promise<Loaded>, make: (loaded: Loaded) => T): () => Promise<T> {
  const loaded = loadOnce(load)
  // Whoever asks gets the failure; without a handler it would end the process before anybody has.
  setImmediate(() => void loaded().catch(() => undefined))
  return loadOnce(() => loaded().then(make))
}
