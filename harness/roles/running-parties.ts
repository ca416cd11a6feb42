import type { Faults } from '#server/faults'
import type { Journal } from '#server/journal/journal'
import type { Log } from '#server/logging'
import type { Fetch } from '#server/serve'
import type { Replicas } from '#server/store/store'
import type { Idp } from '../../idp/index.ts'
import type { Partner, WebApp } from '../../sp-emulator/index.ts'
import type { Clocks } from '../clocks/clocks.ts'
import type { Door } from '../labs/lab-opening.ts'
import type { CheckedWorld, World } from '../world/world.ts'
import type { Role } from './role-options.ts'
import type { ElasticsearchRole } from './run-elasticsearch.ts'

/** The parties of this process, each from when it answers on. What the control API works on. */
export interface RunningParties {
  /** The world as it was given; the default one when absent. */
  readonly given?: CheckedWorld
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
  readonly faults: Faults
  readonly journal: Journal
  /** What keeps them and their replicas alike; absent where there are none. */
  readonly replicas?: Replicas | undefined
  /** Absent in a lab: labs are not nested. */
  readonly labs?: Labs
  readonly log: Log
}

/** A lab as the control API shows it: where its parties are. */
export interface LabPlaces {
  readonly idp?: string
  readonly es?: string
  /** The first application's. */
  readonly app?: string
  readonly applications: Readonly<Record<string, string>>
  readonly partners: Readonly<Record<string, string>>
}

/** A world that runs below a path of the server, isolated from every other. */
export interface RunningLab {
  readonly places: LabPlaces
  readonly parties: RunningParties
  /** Who answers what comes to this door for this host; undefined when nobody does. */
  readonly find: (door: Door, hostname: string) => Fetch | undefined
  close(): Promise<void>
}

/** A lab of a server, and by what it is known there. */
export interface Lab extends RunningLab {
  readonly id: string
}

/** The labs of a server (`spec/contract.md` §2.9). */
export interface Labs {
  /** @throws ConfigError or MissingRole as `runLab`; then there is no lab more than before */
  create(world: World): Promise<Lab>
  /** Oldest first, also those that run at other replicas of the server only. */
  list(): readonly Pick<Lab, 'id' | 'places'>[]
  /** One that runs here. @throws NoSuch */
  get(id: string): Lab
  /** Ends a lab; it is not found from now on. @throws NoSuch */
  remove(id: string): Promise<void>
  /** Answers what came to a door of the server for a lab. */
  serve(id: string, door: Door): Fetch
  /** Ends what waits for something to happen in a lab, and what streams. */
  endWaits(): void
  close(): Promise<void>
}
