import type { Log } from '#server/logging'

export type Role = 'idp' | 'es' | 'app'

/** What a caller may choose about a lab. What is absent comes from the configuration files, else from the default world (design.md section 2). */
export interface LabOptions {
  /** The roles to run; all of them unless said otherwise. */
  roles?: readonly Role[]
  host?: string
  /** 0 picks a free port, and every URL, entity id and realm setting follows. */
  idpPort?: number
  esPort?: number
  appPort?: number
  /** Where browsers and peers reach a role when that is not where it listens, as behind a container's published port. */
  publicUrls?: Partial<Record<Role, string>>
  /** Where signing keys are kept; in memory when absent. */
  keysFolder?: string
  elasticsearchYml?: string
  sloopYml?: string
  esVersion?: string
  /** The password of the service user `elastic`. */
  elasticPassword?: string
  /** The IdP's metadata, for an Elasticsearch that runs without our IdP. */
  idpMetadataUrl?: string
  /** The service provider's metadata, for an IdP that runs without our application. */
  spMetadataUrl?: string
  /** Elasticsearch, for an application that runs without ours. */
  esUrl?: string
  log: Log
  /** Aborted when the lab is to stop although it is not ready yet. */
  signal?: AbortSignal
}

/** A running world that is ready: keys, metadata and realms are loaded. Only the roles that run have a URL. */
export interface Lab {
  readonly idpUrl?: string
  readonly esUrl?: string
  readonly appUrl?: string
  close(): Promise<void>
}

/** @throws ConfigError with one sentence when what was asked for cannot work */
export type StartLab = (options: LabOptions) => Promise<Lab>
