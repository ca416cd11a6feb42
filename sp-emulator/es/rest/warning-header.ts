/** The build that this emulator claims to be; 40 hexadecimal digits as every build hash. */
export const buildHash = '736c6f6f70736c6f6f70736c6f6f70736c6f6f70'

const outsideQuotedString = /[^\t \x21\x23-\x5b\x5d-\x7e\x80-\xff\\"]|%/gu

/** One value of the Warning header for a deprecation (spec §1.14). */
export function warningHeader(text: string, version: string): string {
  return `299 Elasticsearch-${version}-${buildHash} "${escapeText(text)}"`
}

/** Backslash and quote are escaped; a percent sign and what no quoted string may hold is percent-encoded. */
function escapeText(text: string): string {
  return text.replace(/[\\"]/g, (character) => `\\${character}`).replace(outsideQuotedString, encodePercent)
}

function encodePercent(character: string): string {
  return [...Buffer.from(character)].map((octet) => `%${octet.toString(16).toUpperCase().padStart(2, '0')}`).join('')
}
