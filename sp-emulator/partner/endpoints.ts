import { basePathOf } from '#server/base-path'

/** Where a partner is reached. */
export interface Endpoints {
  readonly origin: string
  /** What stands before every path; empty, or `/wiki`. */
  readonly basePath: string
  readonly entityId: string
  readonly acsUrl: string
  readonly sloUrl: string
}

export const acsPath = '/saml/acs'
export const sloPath = '/saml/slo'
export const metadataPath = '/saml/metadata'

export function endpointsOf(baseUrl: string): Endpoints {
  const { origin } = new URL(baseUrl)
  const basePath = basePathOf(new URL(baseUrl))
  const base = origin + basePath
  return { origin, basePath, entityId: baseUrl, acsUrl: base + acsPath, sloUrl: base + sloPath }
}
