import type { Delivery } from '#server/delivery'
import type { Unmade } from '#server/faults'

/** What a partner can be made to write wrongly: whatever is simply done to what node-saml writes. */
export interface PartnerChange {
  readonly signature?: 'none' | 'tampered' | 'partial'
  readonly key?: 'current' | 'foreign'
  readonly relayState?: 'none' | Own
  readonly destination?: 'none' | Own
  readonly issuer?: 'none' | Own
  readonly inResponseTo?: 'none' | Own
  /** Top level first. */
  readonly status?: readonly string[]
  readonly delivery?: Exclude<Delivery, 'twice'>
}

interface Own {
  readonly value: string
}

/** The words that a partner knows of each change; of `own` besides `{"value":…}`, of `list` a list. */
const words: Readonly<Record<keyof PartnerChange, readonly string[]>> = {
  signature: ['none', 'tampered', 'partial'],
  key: ['current', 'foreign'],
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
  if (words[key].includes(formOf(value))) return undefined
  return `a partner cannot be made to do this, expected ${words[key].join(' or ')}`
}

const isKey = (key: string): key is keyof PartnerChange => Object.hasOwn(words, key)

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

function withIssuer(document: string, value: 'none' | Own): string {
  const from = document.indexOf('<saml:Issuer')
  const start = document.slice(from, document.indexOf('>', from) + 1)
  return between(document, { start, end: '</saml:Issuer>', value })
}

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
