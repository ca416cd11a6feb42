import type { Change } from '../../idp/index.ts'
import type { World } from '../world/world.ts'

/** What `mint` is told; `to`, `session` and `inResponseTo` are whose the reader wants. */
export interface MintedLine {
  readonly kind: 'LogoutRequest' | 'LogoutResponse' | 'Response'
  readonly relayState?: string
  readonly change?: Change
}

/** An armed change (`POST /_sloop/faults`). */
export interface FaultLine {
  readonly party: string
  readonly on: 'LogoutRequest' | 'LogoutResponse' | 'Response'
  readonly to?: string
  readonly times?: number | 'always'
  readonly change: Change
}

/**
 * What makes a bug happen, one line of JSON: a world to begin with where the default one does not do, and operations of the control API by their names,
 * one after the other. `$IDP` is the address of the IdP, `$SESSION` and `$SESSION_INDEX` are those of alice's login, `$TO` is the entity id of her service provider.
 */
export interface Line {
  readonly world?: World
  readonly signIn?: { readonly user: string }
  readonly endSession?: { readonly id: string }
  readonly rotateKey?: { readonly publish: 'both' | 'newOnly' | 'announce' }
  readonly changeBehaviour?: NonNullable<World['idp']>
  readonly removeServiceProvider?: { readonly entityId: string }
  readonly setClock?: { readonly party: string; readonly shiftMs: number }
  readonly changePartner?: { readonly name: string; readonly temper: string }
  readonly armFault?: FaultLine
  readonly startLogout?: { readonly user: string; readonly to?: readonly string[] }
  readonly mint?: MintedLine
}

/** What a call to Elasticsearch answers once the line has done its work. */
export interface Answer {
  readonly call: 'invalidate' | 'complete_logout' | 'authenticate' | 'logout' | '_authenticate'
  /** Absent where it depends on chance. */
  readonly status?: number
  /** How the reason of a refusal begins. */
  readonly reason?: string
  readonly invalidated?: number
  /** What the address that is answered contains; null where none is answered. */
  readonly redirect?: string | null
  /** What that address does not contain. */
  readonly redirectLacks?: string
}

interface Reported {
  readonly id: string
  readonly symptom: string
  /** Threads as `owner/repository#number`, separated by a blank; empty where it was read in the source of Elasticsearch alone. */
  readonly threads: string
}

/** A bug that sloop makes happen. */
export interface ShownBug extends Reported {
  readonly line: Line
  /** What Elasticsearch answers, which a test can compare, or what there is to say where it is not asked. */
  readonly elasticsearch: Answer | string
}

/** A bug that sloop cannot make happen. */
export interface UntoldBug extends Reported {
  readonly because: string
}

/** One row of the catalogue of logout bugs that were reported in public (`spec/logout-bugs.md` part 3). */
export type Bug = ShownBug | UntoldBug

export const isShown = (bug: Bug): bug is ShownBug => 'line' in bug
