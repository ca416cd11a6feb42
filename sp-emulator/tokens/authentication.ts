/** A realm of the chain as an identity names it: `saml/saml1` is type, then name. */
interface RealmRef {
  readonly name: string
  readonly type: string
}

/** Who a token speaks for, with what `_authenticate` says about them (spec §1.12). */
export interface Authentication {
  readonly username: string
  readonly roles: readonly string[]
  readonly fullName: string | null
  readonly email: string | null
  readonly metadata: Readonly<Record<string, unknown>>
  /** By which realm it was proven. */
  readonly realm: RealmRef
  /** By which realm the user is known, where somebody else runs as them. */
  readonly lookupRealm?: RealmRef
}

/** The realm that the user is of. */
export function homeRealmOf({ realm, lookupRealm = realm }: Authentication): RealmRef {
  return lookupRealm
}
