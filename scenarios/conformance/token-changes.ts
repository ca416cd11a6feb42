import type { TokenStore } from '../../sp-emulator/index.ts'

/** Writes down each change of a stored pair as the halves that it ended: `refresh`, `access`, both, or none. */
export function recordChanges(store: TokenStore): { store: TokenStore; changes: readonly string[] } {
  const changes: string[] = []
  const replace: TokenStore['replace'] = async (previous, next) => {
    const done = await store.replace(previous, next)
    const ended = [
      ...(next.refreshInvalidated && !previous.refreshInvalidated ? ['refresh'] : []),
      ...(next.accessInvalidated && !previous.accessInvalidated ? ['access'] : []),
    ]
    if (done) changes.push(ended.join(' and '))
    return done
  }
  return { store: { ...store, replace }, changes }
}
