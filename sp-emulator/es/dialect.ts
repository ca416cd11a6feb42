import type { SamlErrorCode } from '#saml/errors'
import { ConfigError } from '#server/config'

/** How one SAML refusal is shown: `causedBy` is the type of the cause that a node would name. */
export interface SamlFailure {
  readonly status: number
  readonly type: string
  readonly causedBy?: string
}

/** Everything in which one version's answers differ from another's. No other file asks for a version. */
export interface Dialect {
  readonly version: string
  readonly major: number
  readonly luceneVersion: string
  readonly minimumWireVersion: string
  readonly minimumIndexVersion: string
  readonly jsonContentType: string
  /** In the order in which a 401 offers them (spec §1.3). */
  readonly wwwAuthenticate: readonly string[]
  /** DELETE of a token that nobody knows (spec §7.4). */
  readonly unknownTokenStatus: number
  readonly samlFailure: SamlFailure
  readonly samlFailureByCode: Readonly<Partial<Record<SamlErrorCode, SamlFailure>>>
  /** Whether the login answer has `in_response_to` (spec §1.7). */
  readonly showsInResponseTo: boolean
}

const illegalArgument: SamlFailure = { status: 400, type: 'illegal_argument_exception' }
const parseFailure: SamlFailure = { status: 500, type: 'security_exception', causedBy: 's_a_x_parse_exception' }

/** Spec §3.12, column classic. */
const classic = {
  jsonContentType: 'application/json',
  wwwAuthenticate: ['Basic realm="security" charset="UTF-8"', 'Bearer realm="security"', 'ApiKey'],
  unknownTokenStatus: 404,
  samlFailure: { status: 500, type: 'security_exception' },
  samlFailureByCode: {
    SAML_QUERY_MALFORMED: illegalArgument,
    SAML_QUERY_AMBIGUOUS: illegalArgument,
    SAML_BASE64: { status: 400, type: 'security_exception', causedBy: 'illegal_argument_exception' },
    SAML_DEFLATE: { status: 500, type: 'security_exception', causedBy: 'zip_exception' },
    SAML_ENCODING: parseFailure,
    SAML_XML: parseFailure,
    SAML_SCHEMA: parseFailure,
    SAML_ENDPOINT_AMBIGUOUS: { status: 500, type: 'exception' },
  },
  showsInResponseTo: false,
} as const satisfies Partial<Dialect>

interface Range {
  readonly matches: (major: number, minor: number) => boolean
  readonly dialect: Omit<Dialect, 'version' | 'major'>
}

const ranges: readonly Range[] = [
  {
    matches: (major, minor) => major === 9 && minor <= 2,
    dialect: { ...classic, luceneVersion: '10.3.1', minimumWireVersion: '8.19.0', minimumIndexVersion: '8.0.0' },
  },
  {
    matches: (major) => major === 8,
    dialect: { ...classic, luceneVersion: '9.12.2', minimumWireVersion: '7.17.0', minimumIndexVersion: '7.0.0' },
  },
]

/** The dialect of this version. @throws ConfigError for a version whose answers are not known here */
export function dialectOf(version: string): Dialect {
  const [, major, minor] = /^(\d{1,3})\.(\d{1,3})\.\d{1,3}$/.exec(version) ?? []
  const range = ranges.find(({ matches }) => matches(Number(major), Number(minor)))
  if (range === undefined) {
    throw new ConfigError(`Elasticsearch ${version} cannot be emulated; choose a version of 8.x or 9.0 to 9.2`)
  }
  return { ...range.dialect, version, major: Number(major) }
}
