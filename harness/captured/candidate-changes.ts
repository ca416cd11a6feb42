import type { SamlErrorCode } from '#saml/errors'
import { isInstant, parseInstant } from '#saml/instants'
import type { Explained } from '../explain/explained.ts'
import type { Change } from './message-step.ts'
import type { ReplaceNames } from './name-replacer.ts'
import type { ReadMessage } from './read-message.ts'

/** A message that was judged, and what is known of it. */
export interface Judged {
  readonly message: ReadMessage
  /** When it was sent. */
  readonly at: string
  readonly explained: Pick<Explained, 'checks' | 'refusal' | 'nearest'>
  /** What would have made it verify, where its signature does not. */
  readonly hint?: string | undefined
}

type Candidates = (judged: Judged, replace: ReplaceNames) => readonly Change[]

const values =
  (name: string, ...all: readonly unknown[]): Candidates =>
  () =>
    all.map((value) => ({ [name]: value }))

/** The changes that may have the effect of a captured message that was refused so, the likeliest first. Whether one has it is found by trying. */
const byRefusal: Partial<Readonly<Record<SamlErrorCode, Candidates>>> = {
  SAML_SIGNATURE: signatures,
  SAML_UNSIGNED: values('signature', 'none', 'partial'),
  SAML_KEY: values('key', 'foreign'),
  SAML_ALGORITHM: values('algorithm', 'rsa-sha1'),
  SAML_DESTINATION: ({ message }, replace) => saidIn('destination', message.destination, replace),
  SAML_ISSUER: ({ message }, replace) => saidIn('issuer', message.issuer, replace),
  SAML_ISSUER_MISSING: values('issuer', 'none'),
  SAML_EXPIRED: writtenEarlier,
  SAML_NOT_YET_VALID: writtenEarlier,
  SAML_INSTANT: (judged) => [
    ...writtenEarlier(judged),
    { notOnOrAfter: 'none' },
    { issueInstant: 'noZone' },
    { notOnOrAfter: 'noZone' },
  ],
  SAML_IN_RESPONSE_TO: values('inResponseTo', 'wrong', 'literal', 'none'),
  SAML_STATUS: ({ message: { statusCodes } }) => [{ status: statusCodes }, { status: ['Responder'] }],
  SAML_DEFLATE: compressions,
  SAML_TOO_LARGE: values('deflate', 'padded'),
  SAML_BASE64: values('base64', 'urlSafe', 'unpadded', 'wrapped'),
  SAML_XML: values('xml', 'doctype', 'comment', 'processingInstruction', 'extraAttribute', 'wrongOrder'),
  SAML_SCHEMA: values('xml', 'extraAttribute', 'wrongOrder'),
  SAML_ROOT: values('xml', 'wrongRoot'),
  SAML_QUERY_AMBIGUOUS: values('parameters', ['message', 'message', 'sigAlg', 'signature']),
  SAML_QUERY_MALFORMED: values('parameters', ['message', 'message', 'sigAlg', 'signature']),
  SAML_MESSAGE_MISSING: values('parameters', ['sigAlg', 'signature']),
  SAML_SUBJECT: values('nameId', 'none'),
}

/** What of ours may have the same effect. No change stands first where it was accepted. */
export function candidateChanges(judged: Judged, replace: ReplaceNames): readonly (Change | undefined)[] {
  const { refusal } = judged.explained
  if (refusal === null) return [undefined, ...otherNames(judged, replace)]
  return byRefusal[refusal]?.(judged, replace) ?? []
}

const saidIn = (name: string, value: string | undefined, replace: ReplaceNames): readonly Change[] => [
  value === undefined ? { [name]: 'none' } : { [name]: { value: replace(value) } },
]

/** What a hint begins with, and the change of ours that is the same. */
const byHint: readonly (readonly [RegExp, (sent: string) => Change])[] = [
  [/upper-case escapes|escapes that RFC 3986 wants, in upper/, (sent) => escapes('upper', sent)],
  [/lower-case escapes|escapes that RFC 3986 wants, in lower/, (sent) => escapes('lower', sent)],
  [/encodeURIComponent/, (sent) => escapes('js', sent)],
  [/URLEncoder/, (sent) => escapes('java', sent)],
  [/UrlEncode\b/, (sent) => escapes('dotnet', sent)],
  [/urlencode\b/, (sent) => escapes('php', sent)],
  [/values without their escapes/, (sent) => escapes('none', sent)],
  [/escaped twice/, (sent) => escapes('double', sent)],
  [/without RelayState/, () => ({ signature: 'withoutRelayState', relayState: { value: 'where next?' } })],
  [/RelayState unescaped/, () => ({ signature: 'rawRelayState', relayState: { value: 'where next?' } })],
  [/ alone: /, () => ({ signature: 'messageOnly' })],
  [/not trusted here|none of the keys/, () => ({ key: 'foreign' })],
]

const escapes = (signed: string, sent: string): Change => ({ escapes: { signed, sent } })

function signatures({ message, hint = '' }: Judged): readonly Change[] {
  const { presented } = message.found
  const query = presented.carrier === 'query' ? presented.queryString : ''
  const sent = /%(?:[a-f][\dA-Fa-f]|\d[a-f])/.test(query) ? 'lower' : 'upper'
  const hinted = byHint.filter(([words]) => words.test(hint)).map(([, change]) => change(sent))
  return [...hinted, { signature: 'tampered' }, { key: 'foreign' }]
}

/** By the first octets: `<`, or the header of zlib (RFC 1950 §2.2). */
function compressions({ message: { found } }: Judged): readonly Change[] {
  const { presented } = found
  const query = presented.carrier === 'query' ? new URLSearchParams(presented.queryString) : new URLSearchParams()
  const written = (query.get('SAMLRequest') ?? query.get('SAMLResponse') ?? '').replaceAll(' ', '+')
  const [first] = Buffer.from(written, 'base64')
  const likely = first === 0x3c ? ['none'] : first === 0x78 ? ['zlib'] : []
  return [...new Set([...likely, 'truncated', 'garbage', 'none', 'zlib'])].map((deflate) => ({ deflate }))
}

const dayMs = 86_400_000

/** As long ago as it was late; of what came in time only the end is shifted. */
function writtenEarlier({ message: { issueInstant, notOnOrAfter }, at }: Judged): readonly Change[] {
  const written = issueInstant !== undefined && isInstant(issueInstant) ? parseInstant(issueInstant) : parseInstant(at)
  const lateMs = parseInstant(at) - written
  const end = (shiftMs: number) => (notOnOrAfter === undefined ? {} : { notOnOrAfter: { shiftMs } })
  const both = (shiftMs: number): Change => ({ issueInstant: { shiftMs }, ...end(shiftMs) })
  const first = Math.abs(lateMs) < mostTravelMs ? end(-dayMs) : both(-lateMs)
  return [first, both(-dayMs), both(dayMs)]
}

/** How long a message may be on its way. */
const mostTravelMs = 60_000

/** Whoever it names differs from a login in these parts. */
function otherNames(
  { message: { nameId, root }, explained: { nearest = [] } }: Judged,
  replace: ReplaceNames,
): readonly Change[] {
  const [near] = nearest
  if (near === undefined) return root?.local === 'LogoutRequest' ? [{ nameId: { value: 'alter' } }] : []
  const parts = near.differsIn.filter((part) => part !== 'sessionIndex')
  const index = near.differsIn.includes('sessionIndex') ? { sessionIndex: 'wrong' } : {}
  const said = (part: string) => {
    const value = nameId?.[part as keyof typeof nameId]
    return value === undefined ? 'omit' : { value: replace(value) }
  }
  const named = (how: (part: string) => unknown): Change => ({
    ...(parts.length > 0 && { nameId: Object.fromEntries(parts.map((part) => [part, how(part)])) }),
    ...index,
  })
  return [named(said), named(() => 'alter')]
}
