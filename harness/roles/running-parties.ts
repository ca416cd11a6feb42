import type { Log } from '#server/logging'
import type { Idp } from '../../idp/index.ts'
import type { Partner, WebApp } from '../../sp-emulator/index.ts'
import type { Clocks } from '../clocks/clocks.ts'
import type { Labs } from '../labs/labs.ts'
import type { Role } from './role-options.ts'
import type { ElasticsearchRole } from './run-elasticsearch.ts'

/** The parties of this process, each from when it answers on. What the control API works on. */
export interface RunningParties {
  idp?: Idp
  es?: ElasticsearchRole
  /** By name. */
  readonly apps: Map<string, WebApp>
  /** By name. */
  readonly partners: Map<string, Partner>
  /** What a role waits for, told in a sentence; undefined once it is ready. By the name of the party. */
  readonly missing: Map<string, () => string | undefined>
  /** Who runs in this process, and where each is found. */
  readonly places: readonly { readonly name: string; readonly role: Role; readonly url: string }[]
  readonly clocks: Clocks
  /** Absent in a lab: labs are not nested. */
  readonly labs?: Labs
  readonly log: Log
}
