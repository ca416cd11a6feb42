import { ConfigError } from '#server/config'
import type { SettingReader } from './setting-reader.ts'

/** Where the metadata of the IdP is, and how to fetch it (spec §9). Paths as written in the file. */
export type MetadataSettings =
  | { readonly kind: 'file'; readonly path: string; readonly ignored: readonly string[] }
  | {
      readonly kind: 'https'
      readonly url: string
      readonly schedule: RefreshSchedule
      /** Without metadata the node does not start. */
      readonly failOnError: boolean
      readonly timeoutMs: number
      readonly authorityPaths: readonly string[]
      readonly verificationMode: VerificationMode
    }

export interface RefreshSchedule {
  readonly refreshMs: number
  /** The pause after a failure. */
  readonly minimumRefreshMs: number
}

const verificationModes = ['full', 'certificate', 'none'] as const
export type VerificationMode = (typeof verificationModes)[number]

const http = 'idp.metadata.http'

/** @throws ConfigError that names the setting. */
export function readMetadataSettings(read: SettingReader): MetadataSettings {
  const path = read.required('idp.metadata.path')
  if (path.startsWith('http://')) {
    const reason = 'The [http] protocol is not supported as it is insecure. Use [https] instead'
    throw read.wrong('idp.metadata.path', `is [${path}]: ${reason}`)
  }
  const given = ['refresh', 'minimum_refresh', 'fail_on_error'].map((name) => `${http}.${name}`)
  if (!path.startsWith('https://')) {
    return { kind: 'file', path, ignored: given.filter((name) => read.has(name)).map((name) => read.fullName(name)) }
  }
  return {
    kind: 'https',
    url: path,
    schedule: readSchedule(read),
    failOnError: read.boolean(`${http}.fail_on_error`, false),
    timeoutMs: read.durationMs(`${http}.connect_timeout`, 5_000) + read.durationMs(`${http}.read_timeout`, 10_000),
    authorityPaths: read.list('ssl.certificate_authorities', []),
    verificationMode: readVerificationMode(read),
  }
}

/** The usual minimum gives way to a shorter refresh; one that was set does not. */
function readSchedule(read: SettingReader): RefreshSchedule {
  const [refresh, minimum] = [`${http}.refresh`, `${http}.minimum_refresh`]
  const refreshMs = read.durationMs(refresh, 3_600_000)
  const minimumRefreshMs = read.durationMs(minimum, 300_000, { atLeast: '500ms' })
  if (minimumRefreshMs <= refreshMs) return { refreshMs, minimumRefreshMs }
  if (!read.has(minimum)) return { refreshMs, minimumRefreshMs: refreshMs }
  const shown = (name: string) => `(${read.optional(name) ?? '1h'}) for [${read.fullName(name)}]`
  throw new ConfigError(`the value ${shown(minimum)} cannot be greater than the value ${shown(refresh)}`)
}

function readVerificationMode(read: SettingReader): VerificationMode {
  const value = read.optional('ssl.verification_mode') ?? 'full'
  const mode = verificationModes.find((each) => each === value.toLowerCase())
  if (mode !== undefined) return mode
  throw new ConfigError(
    `could not resolve ssl verification mode, unknown value [${value}], recognised values are [${verificationModes.join(',')}]`,
  )
}
