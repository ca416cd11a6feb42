export type Version = readonly [major: number, minor: number, patch: number]

const form = /^(\d{1,3})\.(\d{1,3})(?:\.(\d{1,3}))?$/

/** Reads `major.minor` or `major.minor.patch`. */
export function parseVersion(text: string): Version | undefined {
  const [, major, minor, patch = '0'] = form.exec(text) ?? []
  return major === undefined || minor === undefined ? undefined : [Number(major), Number(minor), Number(patch)]
}

/** Below, at or above zero when the version is older than, equal to or younger than the other, number by number. */
export function compareVersions(version: Version, other: string): number {
  const numbers = parseVersion(other)
  if (numbers === undefined) throw new TypeError(`${other} is no version`)
  for (const [index, number] of version.entries()) {
    const difference = number - (numbers[index] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
