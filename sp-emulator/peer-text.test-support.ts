import { dialectOf } from './es/dialect.ts'
import type { NodeContext } from './es/node-context.ts'
import { authenticateCaller } from './es/rest/authenticate-caller.ts'
import { readMediaTypes } from './es/rest/media-types.ts'
import { createRouter } from './es/rest/router.ts'
import { warningHeader } from './es/rest/warning-header.ts'
import { normaliseDn } from './es/security/distinguished-name.ts'
import { complaintsAboutName } from './es/security/names.ts'
import { matchesPattern } from './es/security/pattern.ts'
import { formEncode, readQuery } from './realm/query-string.ts'
import { compileJavaPattern } from './realm/settings/java-pattern.ts'
import { readTimeValue } from './realm/settings/read-time-value.ts'
import { isWellFormed } from './tokens/token.ts'
import { checkIdpAddress } from './webapp/idp-address.ts'

const dialect = dialectOf('9.2.0')
const node = { dialect } as unknown as NodeContext
const findRoute = createRouter([{ method: 'GET', path: '/a/{name}', handle: async () => ({ status: 200 }) }])
const accept = (text: string) => readMediaTypes(new Headers({ accept: text }), false, dialect)
const wildcards = ['*a*', '*a*=*b', '* * * *.', 'a*?*?*!']
const lucene = ['/.*admins/', '/[^@]+.+/']
// Those of the documentation and of people's files.
const javaPatterns = [String.raw`^([^@]+)@example\.com$`, '^(.*)@(?:[a-z]+)!$', '(?i)cn=([^,]+),']

/** What a peer's text reaches in this folder; `core/linear-time.test.ts` measures it. */
export const readers = [
  [
    'sp-emulator/es/rest/authenticate-caller.ts',
    (text: string) => void authenticateCaller(text, '/', node).catch(() => undefined),
    ['Bearer ', ''],
    ['Bearer', '\n'],
  ],
  ['sp-emulator/es/rest/media-types.ts', accept, ['a/a;a=', ' '], ['a/a;a="', 'a']],
  ['sp-emulator/es/rest/router.ts', (text: string) => findRoute('GET', text), ['/', ''], ['/a', 'b']],
  ['sp-emulator/es/rest/warning-header.ts', (text: string) => warningHeader(text, '9.2')],
  ['sp-emulator/es/security/distinguished-name.ts', normaliseDn, ['a=', '='], ['a', '='], ['a= b', ',']],
  ['sp-emulator/es/security/names.ts', (text: string) => complaintsAboutName('User', text)],
  ...[...wildcards, ...lucene].map(
    (pattern) => ['sp-emulator/es/security/pattern.ts', (text: string) => matchesPattern(pattern, text)] as const,
  ),
  ...javaPatterns
    .map(compileJavaPattern)
    .map((pattern) => ['sp-emulator/realm/settings/java-pattern.ts', (text: string) => pattern.exec(text)] as const),
  [
    'sp-emulator/realm/query-string.ts',
    readQuery,
    ['SAMLRequest=a#', '\nx'],
    ['SAMLRequest=a#', '\n'],
    ['SAMLRequest=', '%'],
  ],
  ['sp-emulator/realm/query-string.ts', formEncode],
  [
    'sp-emulator/realm/settings/read-time-value.ts',
    (text: string) => readTimeValue('expiration', text),
    ['1s', 'x'],
    ['1', 'xs'],
    [' ', 's'],
    ['1 ', 's'],
    ['0', '1'],
  ],
  ['sp-emulator/tokens/token.ts', isWellFormed],
  ['sp-emulator/webapp/idp-address.ts', checkIdpAddress, ['https://idp.test/', ' ']],
] as const
