import type { Delivery } from '#server/delivery'
import type { Unmade } from '#server/faults'

/** What a partner can be made to write wrongly: whatever is simply done to what node-saml writes. */
export interface PartnerChange {
  readonly signature?: 'none' | 'tampered' | 'partial'
  readonly key?: 'current' | 'foreign'
  readonly algorithm?: keyof typeof digests
  /** What stands in it in place of what the login gave. */
  readonly nameId?: Partial<Readonly<Record<NamePart, 'omit' | Own>>>
  readonly sessionIndex?: 'none' | 'wrong'
  readonly relayState?: 'none' | Own
  readonly destination?: 'none' | Own
  readonly issuer?: 'none' | Own
  readonly inResponseTo?: 'none' | Own
  /** Top level first. */
  readonly status?: readonly string[]
  readonly delivery?: Exclude<Delivery, 'twice'>
}

/** By the name of node-saml. */
const digests = { 'rsa-sha1': 'sha1', 'rsa-sha256': 'sha256', 'rsa-sha512': 'sha512' } as const

type NamePart = 'value' | 'format' | 'nameQualifier' | 'spNameQualifier'

interface Own {
  readonly value: string
}

/** The words that a partner knows of each change; of `own` besides `{"value":…}`, of `list` a list. */
const words: Readonly<Record<keyof PartnerChange, readonly string[]>> = {
  signature: ['none', 'tampered', 'partial'],
  key: ['current', 'foreign'],
  algorithm: Object.keys(digests),
  nameId: ['{"value"|"format": {"value":…}, "nameQualifier"|"spNameQualifier": "omit" or {"value":…}}'],
  sessionIndex: ['none', 'wrong'],
  relayState: ['none', own()],
  destination: ['none', own()],
  issuer: ['none', own()],
  inResponseTo: ['none', own()],
  status: ['a list of codes'],
  delivery: ['never', 'status500', 'reset', '{"delayMs":…}'],
}

function own(): string {
  return '{"value":…}'
}

const ofAnswers: readonly string[] = ['status', 'inResponseTo']
const ofLogoutRequests: readonly string[] = ['nameId', 'sessionIndex']

/** Why no message of this kind that a partner writes could take a change, in words that follow its key; undefined when each may. */
export function whyNoPartnerChange(on: string, change: Readonly<Record<string, unknown>>): Unmade | undefined {
  for (const [key, value] of Object.entries(change)) {
    if (value === undefined) continue
    const why = whyNot(on, key, value)
    if (why !== undefined) return { key, why }
  }
  return undefined
}

function whyNot(on: string, key: string, value: unknown): string | undefined {
  if (!isKey(key)) {
    return `a partner, which writes by a library of its own, cannot be made to do this; expected one of ${Object.keys(words).join(', ')}`
  }
  if (ofAnswers.includes(key) && on !== 'LogoutResponse') return `${on} answers nothing, expected LogoutResponse`
  if (ofLogoutRequests.includes(key) && on !== 'LogoutRequest') return `${on} names nobody so, expected LogoutRequest`
  if (key === 'nameId' ? isName(value) : words[key].includes(formOf(value))) return undefined
  return `a partner cannot be made to do this, expected ${words[key].join(' or ')}`
}

const isKey = (key: string): key is keyof PartnerChange => Object.hasOwn(words, key)

/** The library writes a NameID with a value and a format always. */
function isName(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).every(([part, wanted]) => {
    if (part === 'nameQualifier' || part === 'spNameQualifier') return wanted === 'omit' || formOf(wanted) === own()
    return (part === 'value' || part === 'format') && formOf(wanted) === own()
  })
}

function formOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return 'a list of codes'
  return `{"${Object.keys(value as object).join('","')}":…}`
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')

/** A document as it is wanted, before anything is signed: by Redirect the query is. */
export function wrongDocument(document: string, { destination, issuer, inResponseTo }: PartnerChange): string {
  const attributes = { Destination: destination, InResponseTo: inResponseTo }
  const said = Object.entries(attributes).reduce(
    (text, [name, value]) => between(text, { start: ` ${name}="`, end: '"', value }),
    document,
  )
  return issuer === undefined ? said : withIssuer(said, issuer)
}

interface Place {
  readonly start: string
  readonly end: string
  readonly value: 'none' | Own | undefined
}

/** The text with another value between the first start and its end, or without all three. */
function between(text: string, { start, end, value }: Place): string {
  const from = text.indexOf(start)
  if (value === undefined || from === -1) return text
  const until = text.indexOf(end, from + start.length)
  if (value === 'none') return text.slice(0, from) + text.slice(until + end.length)
  return text.slice(0, from + start.length) + escaped(value.value) + text.slice(until)
}

/** What stands between each start and the next end: of a document of our own. */
export function allBetween(document: string, start: string, end: string): readonly string[] {
  return document
    .split(start)
    .slice(1)
    .map((rest) => rest.slice(0, rest.indexOf(end)))
}

function withIssuer(document: string, value: 'none' | Own): string {
  const from = document.indexOf('<saml:Issuer')
  const start = document.slice(from, document.indexOf('>', from) + 1)
  return between(document, { start, end: '</saml:Issuer>', value })
}

/** Whom a LogoutRequest names, as node-saml takes it. */
export interface Named {
  readonly nameID: string
  readonly nameIDFormat: string
  readonly nameQualifier?: string
  readonly spNameQualifier?: string
  readonly sessionIndex?: string
}

/** Somebody, named as it is wanted. */
export function wrongName(right: Named, { nameId = {}, sessionIndex }: PartnerChange): Named {
  const wanted: Readonly<Record<keyof Named, 'omit' | Own | undefined>> = {
    nameID: nameId.value,
    nameIDFormat: nameId.format,
    nameQualifier: nameId.nameQualifier,
    spNameQualifier: nameId.spNameQualifier,
    sessionIndex: sessionIndex === 'none' ? 'omit' : sessionIndex && { value: '_wrong' },
  }
  const said = Object.entries(wanted).flatMap(([key, value]) => {
    return value === undefined ? [] : [[key, value === 'omit' ? undefined : value.value]]
  })
  return { ...right, ...Object.fromEntries(said) }
}

/** The digest to sign with, as node-saml calls it; undefined where that is as usual. */
export const digestOf = ({ algorithm }: PartnerChange) => (algorithm === undefined ? undefined : digests[algorithm])

/** An address as it is wanted, whose query is signed already; undefined when there is no signature that could be wrong. */
export function wrongAddress(url: string, { signature }: PartnerChange): string | undefined {
  if (signature === undefined || signature === 'none') return url
  const at = url.indexOf(parameter)
  if (at === -1) return undefined
  if (signature === 'partial') return url.slice(0, at)
  const octets = Buffer.from(decodeURIComponent(url.slice(at + parameter.length)), 'base64')
  octets[0] = (octets[0] ?? 0) ^ 1
  return url.slice(0, at + parameter.length) + encodeURIComponent(octets.toString('base64'))
}

const parameter = '&Signature='

/** In full: `Responder` is the name of one of SAML's own. */
export function statusOf({ status }: PartnerChange): readonly [string, string?] | undefined {
  if (status === undefined) return undefined
  const [first = 'Success', second] = status.map((code) =>
    escaped(code.includes(':') ? code : `urn:oasis:names:tc:SAML:2.0:status:${code}`),
  )
  return second === undefined ? [first] : [first, second]
}
