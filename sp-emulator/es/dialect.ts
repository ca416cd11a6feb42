import type { SamlErrorCode } from '#saml/errors'
import { ConfigError } from '#server/config'
import type { RealmKeys } from '../realm/settings/realm-keys.ts'
import { compareVersions, parseVersion, type Version } from './version.ts'

/** How one SAML refusal is shown. */
export interface SamlFailure {
  readonly status: number
  readonly type: string
}

/** Everything in which one version's answers differ from another's. No other file asks for a version. */
interface Traits {
  readonly luceneVersion: string
  readonly minimumWireVersion: string
  readonly minimumIndexVersion: string
  /** Whether answers carry `X-elastic-product` (spec §1.4). */
  readonly productHeader: boolean
  readonly jsonContentType: string
  /** `versioned`: `compatible-with` counts and an unknown media type is an error. `plain`: an unknown Accept is passed over (spec §1.4). */
  readonly mediaTypes: 'plain' | 'versioned'
  /** How `/_security/x` is answered under its first name, `/_xpack/security/x` (spec §1.14). */
  readonly oldPaths: 'native' | 'deprecated' | 'compatible-with-7' | 'gone'
  readonly hasCompleteLogout: boolean
  readonly hasSpMetadata: boolean
  readonly hasApiKeys: boolean
  /** What the raw query is called in a body; where the new name is known the old one is deprecated (spec §1.14). */
  readonly queryField: 'queryString' | 'query_string'
  readonly unknownField: 'parser-not-found' | 'suggesting'
  /** The exception type of malformed JSON (spec §1.2). */
  readonly malformedJsonType: 'json_parse_exception' | 'x_content_parse_exception'
  /** In the order in which a 401 offers them (spec §1.3). */
  readonly wwwAuthenticate: readonly string[]
  /** What is said to a bearer token that nobody knows (spec §7.2). */
  readonly unknownBearer: 'missing-credentials' | 'invalid-token'
  /** DELETE of a token that nobody knows (spec §7.4). */
  readonly unknownTokenStatus: number
  readonly samlFailure: SamlFailure
  readonly samlFailureByCode: Readonly<Partial<Record<SamlErrorCode, SamlFailure>>>
  /** `named`: the caller is told which request a message claims to answer, and absent ids are an empty list (spec §1.7). */
  readonly unsolicited: 'hidden' | 'named'
  /** Whether the login answer has `in_response_to` (spec §1.7). */
  readonly showsInResponseTo: boolean
  /** Whether login and token answers describe the user, and a login the realm (spec §10). */
  readonly showsAuthentication: boolean
  /** Whether a logout answers with the id that `complete_logout` asks for (spec §12.4). */
  readonly showsLogoutId: boolean
  /** With what credentials somebody can run as another user. */
  readonly runAsWith: readonly ('realm' | 'api_key' | 'token')[]
  /** Whether `_authenticate` says of an API key who manages it. */
  readonly showsKeyManager: boolean
  /** Whether `_authenticate` says of an access token who manages it (spec §1.12). */
  readonly showsTokenManager: boolean
  /** How the settings of realms are named in an `elasticsearch.yml`. */
  readonly realmKeys: RealmKeys
  /** The NameIDPolicy of a realm that configures none (spec §9). */
  readonly usualNameIdFormat: string | undefined
}

export interface Dialect extends Traits {
  readonly version: string
  readonly major: number
}

const illegalArgument: SamlFailure = { status: 400, type: 'illegal_argument_exception' }
const severalEndpoints: SamlFailure = { status: 500, type: 'exception' }

/** One kind of refusal and what differs from it (spec §3.12); the realm says what caused it. */
function samlFailures(usual: SamlFailure, notBase64: SamlFailure): Pick<Traits, 'samlFailure' | 'samlFailureByCode'> {
  return {
    samlFailure: usual,
    samlFailureByCode: {
      SAML_QUERY_MALFORMED: illegalArgument,
      SAML_QUERY_AMBIGUOUS: illegalArgument,
      SAML_BASE64: notBase64,
      SAML_ENDPOINT_AMBIGUOUS: severalEndpoints,
    },
  }
}

const security = (status: number): SamlFailure => ({ status, type: 'security_exception' })
const samlAuthentication: SamlFailure = { status: 401, type: 'saml_authentication_exception' }

/** 6.8, the oldest that is emulated. */
const oldest: Traits = {
  luceneVersion: '7.7.3',
  minimumWireVersion: '5.6.0',
  minimumIndexVersion: '5.0.0',
  productHeader: false,
  jsonContentType: 'application/json; charset=UTF-8',
  mediaTypes: 'plain',
  oldPaths: 'native',
  hasCompleteLogout: false,
  hasSpMetadata: false,
  hasApiKeys: false,
  queryField: 'queryString',
  unknownField: 'parser-not-found',
  malformedJsonType: 'json_parse_exception',
  wwwAuthenticate: ['Basic realm="security" charset="UTF-8"', 'Bearer realm="security"', 'ApiKey'],
  unknownBearer: 'missing-credentials',
  unknownTokenStatus: 200,
  ...samlFailures(security(500), security(400)),
  unsolicited: 'hidden',
  showsInResponseTo: false,
  showsAuthentication: false,
  showsLogoutId: false,
  runAsWith: ['realm'],
  showsKeyManager: false,
  showsTokenManager: false,
  realmKeys: 'untyped',
  usualNameIdFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient',
}

/** The answers of 9.3, which one line of 8.x got as well. */
const recent = {
  ...samlFailures(samlAuthentication, samlAuthentication),
  unsolicited: 'named',
  showsInResponseTo: true,
} as const satisfies Partial<Traits>

interface Change {
  readonly since: string
  /** The first version that does not have it, for what was given to an older line. */
  readonly until?: string
  readonly traits: Partial<Traits>
}

/** What changed when (spec §10). Marked [I] where the version or the text is inferred there, not seen. */
const history: readonly Change[] = [
  {
    since: '7.0.0',
    traits: {
      luceneVersion: '8.11.1',
      minimumWireVersion: '6.8.0',
      minimumIndexVersion: '6.0.0-beta1',
      oldPaths: 'deprecated',
      unknownField: 'suggesting',
      realmKeys: 'typed',
      hasApiKeys: true, // [I]
    },
  },
  // [I] 7.9 or 7.10; the id of a logout request is of use only together with it.
  { since: '7.10.0', traits: { hasCompleteLogout: true, showsLogoutId: true } },
  // [I] "around 7.11"; the media types as well.
  { since: '7.11.0', traits: { hasSpMetadata: true, showsAuthentication: true, mediaTypes: 'versioned' } },
  { since: '7.14.0', traits: { queryField: 'query_string', productHeader: true } },
  {
    since: '8.0.0',
    traits: {
      luceneVersion: '9.12.2',
      minimumWireVersion: '7.17.0',
      minimumIndexVersion: '7.0.0',
      oldPaths: 'compatible-with-7',
      unknownTokenStatus: 404,
      unknownBearer: 'invalid-token',
      jsonContentType: 'application/json', // [I]
      malformedJsonType: 'x_content_parse_exception', // [I]
      usualNameIdFormat: undefined, // [I]
    },
  },
  // [I] The pull requests are of November 2021 and of May 2022.
  { since: '8.1.0', traits: { runAsWith: ['realm', 'api_key'] } },
  { since: '8.3.0', traits: { runAsWith: ['realm', 'api_key', 'token'] } },
  // [I] The backport is of 30 March 2026; the patch number is a guess.
  { since: '8.19.13', until: '9.0.0', traits: recent },
  {
    since: '9.0.0',
    traits: {
      luceneVersion: '10.3.1',
      minimumWireVersion: '8.19.0',
      minimumIndexVersion: '8.0.0',
      oldPaths: 'gone',
    },
  },
  // [I] The first release after the API specification had it (September 2025).
  { since: '9.2.0', traits: { showsKeyManager: true } },
  // [I] The first release with it.
  { since: '9.3.0', traits: recent },
  { since: '9.4.0', traits: { showsTokenManager: true } },
]

/** The last minor version of each major one, and the first that is emulated. */
const minors: ReadonlyMap<number, readonly [first: number, last: number]> = new Map([
  [6, [8, 8]],
  [7, [0, 17]],
  [8, [0, 19]],
  [9, [0, 4]],
])

/**
 * The dialect of a version, with or without its patch number (`9.2` is `9.2.0`).
 * @throws ConfigError for a version that never was, or whose answers are not known here
 */
export function dialectOf(text: string): Dialect {
  const version = parseVersion(text)
  if (version === undefined || !isEmulated(version)) {
    throw new ConfigError(`Elasticsearch ${text} cannot be emulated; choose a version from 6.8 to 9.4, such as 8.19`)
  }
  const changes = history.filter(({ since, until }) => {
    return compareVersions(version, since) >= 0 && (until === undefined || compareVersions(version, until) < 0)
  })
  const traits: Traits = Object.assign({}, oldest, ...changes.map((change) => change.traits))
  return { ...traits, version: version.join('.'), major: version[0] }
}

function isEmulated([major, minor]: Version): boolean {
  const [first, last] = minors.get(major) ?? [0, -1]
  return minor >= first && minor <= last
}
