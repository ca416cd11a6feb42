import type { Credential } from '#saml/credentials'
import { systemClock } from '#server/clock'
import type { Log } from '#server/logging'
import { makeOnce } from '#server/make-once'
import type { SharedStore } from '#server/store/store'
import { cachedCredential } from './cached.ts'
import { keptCredential } from './kept-in-folder.ts'
import { pooledCredential } from './pooled.ts'

/** The credentials of a run, by name. The first to ask for one has it made; all others get the same. One that could not be had is made for whoever asks next. */
export type Keys = (name: string) => Promise<Credential>

/** The name of the credential of a partner. */
export const partnerKey = (name: string): string => `partner-${name}`

export interface KeysPlace {
  /** A folder that a person named: what is wrong there is refused. */
  readonly keysFolder?: string | undefined
  /** A folder that nobody named: where nothing can be kept, keys live as long as the process. In memory when absent, too. */
  readonly keysCache?: string | undefined
  /** Where replicas keep them: the first has them made as if it were alone, and all others have the same. */
  readonly shared?:
    | { readonly store: Promise<SharedStore> /** What their names begin with there. */; readonly under: string }
    | undefined
  readonly log: Log
}

/** Credentials that are kept where `place` says. */
export function openKeys({ keysFolder, keysCache, shared, log }: KeysPlace): Keys {
  const once = makeOnce<Credential>()
  const warnOnce = firstOnly((failure) =>
    log.warn(
      { code: 'KEYS_NOT_KEPT', folder: keysCache, failure },
      'signing keys cannot be kept, so that they are others after the next start',
    ),
  )
  const place = { keysFolder, keysCache, onNotKept: warnOnce }
  const get = async (name: string): Promise<Credential> => {
    const own = () => getCredential(name, place)
    if (shared === undefined) return own()
    const [{ sharedCredential }, store] = await Promise.all([import('./shared.ts'), shared.store])
    return sharedCredential(store, { name: shared.under + name, own, isNamed: keysFolder !== undefined })
  }
  return (name) => once(name, () => get(name))
}

interface Place extends Omit<KeysPlace, 'log'> {
  readonly onNotKept: (failure: string) => void
}

async function getCredential(name: string, { keysFolder, keysCache, onNotKept }: Place): Promise<Credential> {
  const wanted = { name, now: systemClock.now() }
  if (keysFolder !== undefined) {
    return keptCredential({ ...wanted, folder: keysFolder, setting: 'keysFolder' })
  }
  if (keysCache === undefined) return pooledCredential(wanted)
  return cachedCredential({ ...wanted, folder: keysCache, onNotKept })
}

function firstOnly(tell: (failure: string) => void): (failure: string) => void {
  let isTold = false
  return (failure) => {
    if (!isTold) tell(failure)
    isTold = true
  }
}
