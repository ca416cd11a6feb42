import type { z } from 'zod'
import type { worldSchema } from './schema.ts'

/** A description of parties: users, service providers, realms, applications, partners, clocks. A value; what `startLab` takes and a `sloop.yml` holds. */
export type World = z.input<typeof worldSchema>

/** A world that has been checked and not yet followed: files and addresses are still names. */
export type CheckedWorld = z.output<typeof worldSchema>
