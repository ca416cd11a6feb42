import type { KeyRing } from '../directory/key-ring.ts'

/** A key of the IdP that its metadata has, as outsiders see it. */
export interface KeyState {
  /** PEM. */
  readonly certificate: string
  /** Whether it signs what leaves now. */
  readonly signs: boolean
}

/** The published keys, the one that signs first of all. */
export function listKeys(keys: KeyRing): readonly KeyState[] {
  return keys.published().map((key) => ({ certificate: key.certificatePem, signs: key === keys.signing() }))
}
