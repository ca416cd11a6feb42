/** Free data that a role, a user, a mapping or a key carries; never read here. */
export type Metadata = Readonly<Record<string, unknown>>

export interface IndicesPrivileges {
  readonly names: readonly string[]
  readonly privileges: readonly string[]
  readonly fieldSecurity?: { readonly grant?: readonly string[]; readonly except?: readonly string[] }
  /** A query as text, be it sent as text or as an object. */
  readonly query?: string
  readonly allowRestrictedIndices: boolean
}

export interface ApplicationPrivileges {
  readonly application: string
  readonly privileges: readonly string[]
  readonly resources: readonly string[]
}

/** What a role lets its holders do (es:RoleDescriptor). */
export interface Role {
  readonly cluster: readonly string[]
  readonly indices: readonly IndicesPrivileges[]
  readonly applications: readonly ApplicationPrivileges[]
  readonly runAs: readonly string[]
  /** `global` as it was sent. */
  readonly global?: Metadata
  readonly metadata: Metadata
  readonly description?: string
}

/** A role that lets its holders do nothing. */
export const emptyRole: Role = { cluster: [], indices: [], applications: [], runAs: [], metadata: {} }

/** A role as the API shows it, in a node's order. */
export function roleJson({ cluster, global, indices, applications, runAs, metadata, description }: Role): object {
  return {
    cluster,
    ...(global !== undefined && { global }),
    indices: indices.map(indicesJson),
    applications,
    run_as: runAs,
    metadata,
    transient_metadata: { enabled: true },
    ...(description !== undefined && { description }),
  }
}

/** Privileges over indices as the API shows them, in a node's order. */
export function indicesJson({
  names,
  privileges,
  fieldSecurity,
  query,
  allowRestrictedIndices,
}: IndicesPrivileges): object {
  return {
    names,
    privileges,
    ...(fieldSecurity !== undefined && { field_security: fieldSecurity }),
    ...(query !== undefined && { query }),
    allow_restricted_indices: allowRestrictedIndices,
  }
}
