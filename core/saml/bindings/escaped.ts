/** Escapes as different programs write them in a query. */
export const escapeNames = ['lower', 'upper', 'java', 'dotnet', 'php', 'js', 'double', 'none'] as const
export type EscapeName = (typeof escapeNames)[number]

export const spaceNames = ['plus', 'percent20'] as const
export type SpaceName = (typeof spaceNames)[number]

const blanks: Readonly<Record<SpaceName, string>> = { plus: '+', percent20: '%20' }

interface Profile {
  /** What stays as it is, beside letters and digits. */
  readonly bare: string
  readonly digits: 'upper' | 'lower'
  readonly blank: string
}

/**
 * RFC 3986 in both cases; Java's URLEncoder; .NET's HttpUtility.UrlEncode; PHP's urlencode; JavaScript's encodeURIComponent: they differ in the case of the
 * digits, in the blank, and in what of `!'()*~` stays.
 */
const profiles: Readonly<Record<Exclude<EscapeName, 'double' | 'none'>, Profile>> = {
  lower: { bare: '-._~', digits: 'lower', blank: '%20' },
  upper: { bare: '-._~', digits: 'upper', blank: '%20' },
  java: { bare: '-._*', digits: 'upper', blank: '+' },
  dotnet: { bare: '-._!*()', digits: 'lower', blank: '+' },
  php: { bare: '-._', digits: 'upper', blank: '+' },
  js: { bare: "-._~!*()'", digits: 'upper', blank: '%20' },
}

/** A value as this program would write it, its blanks as `space` says. */
export function escaped(value: string, name: EscapeName, space: SpaceName | undefined): string {
  if (name === 'none') return escapeControls(value).replaceAll(' ', space === undefined ? ' ' : blanks[space])
  const { blank, ...profile } = name === 'double' ? { ...profiles.upper, blank: '%2520' } : profiles[name]
  const written = { ...profile, percent: name === 'double' ? '%25' : '%' }
  const ofOctet = spellings(written, space === undefined ? blank : blanks[space])
  const ofAscii = ofOctet.slice(0, 128)
  return value.replace(/[^A-Za-z0-9]/gu, (character) => {
    return ofAscii[character.charCodeAt(0)] ?? Array.from(Buffer.from(character), (octet) => ofOctet[octet]).join('')
  })
}

// No program leaves these: they would end the header that carries the address.
function escapeControls(value: string): string {
  return value.replace(/\p{Cc}/gu, (character) => encodeURIComponent(character))
}

/** How each octet is written. */
function spellings({ bare, digits, percent }: Omit<Profile, 'blank'> & { percent: string }, blank: string): string[] {
  return Array.from({ length: 256 }, (_, octet) => {
    const character = String.fromCharCode(octet)
    if (character === ' ') return blank
    if (/[A-Za-z0-9]/.test(character) || bare.includes(character)) return character
    const hex = octet.toString(16).padStart(2, '0')
    return `${percent}${digits === 'upper' ? hex.toUpperCase() : hex}`
  })
}
