/** What the specification says of a version's generation; the cases know nothing else of versions (spec §0, §10). */
export interface Profile {
  readonly name: 'legacy' | 'classic' | 'recent'
  readonly queryField: 'queryString' | 'query_string'
  /** Where the calls of the security API are. */
  readonly root: '/_xpack/security' | '/_security'
  readonly hasCompleteLogout: boolean
  readonly hasSpMetadata: boolean
  readonly showsAuthentication: boolean
  readonly showsLogoutId: boolean
  /** DELETE of a token that nobody knows. */
  readonly unknownTokenStatus: 200 | 404
  readonly unknownFieldType: string
  readonly usualNameIdFormat: string | undefined
}

/** The profile of a version as `major.minor.patch`. */
export function profileOf(version: string): Profile {
  const [major = 0, minor = 0, patch = 0] = version.split(/[.-]/).map(Number)
  const from = (wantedMajor: number, wantedMinor: number) =>
    major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)
  const isRecent = from(9, 3) || (major === 8 && minor === 19 && patch >= 13)
  return {
    name: isRecent ? 'recent' : from(7, 14) ? 'classic' : 'legacy',
    queryField: from(7, 14) ? 'query_string' : 'queryString',
    root: from(7, 0) ? '/_security' : '/_xpack/security',
    hasCompleteLogout: from(7, 10),
    hasSpMetadata: from(7, 11),
    showsAuthentication: from(7, 11),
    showsLogoutId: from(7, 10),
    unknownTokenStatus: from(8, 0) ? 404 : 200,
    unknownFieldType: from(7, 0) ? 'x_content_parse_exception' : 'illegal_argument_exception',
    usualNameIdFormat: from(8, 0) ? undefined : 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient',
  }
}
