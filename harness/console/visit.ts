import type { Admission } from '../control/admission.ts'
import type { RunningParties } from '../roles/running-parties.ts'

/** Where the console stands, and on whom it looks. */
export interface ConsoleSurroundings {
  /** The address of the role in front of which it stands. */
  readonly at: string
  readonly parties: RunningParties
  readonly admission: Admission
}

/** A request for a page of the console. */
export interface Visit extends ConsoleSurroundings {
  readonly request: Request
  /** The path of the console, with a slash at its end. */
  readonly root: string
}
