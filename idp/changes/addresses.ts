import { z } from 'zod'
import { type Draft, destinationOf } from '../outbox/draft.ts'
import { addressOfAnother } from './another-sp.ts'
import { type Met, own, row } from './change-row.ts'

/** The changes of what a message says of where it goes and where it comes from. */

const kinds = [
  'none',
  'trailingSlash',
  'otherScheme',
  'otherPort',
  'otherCase',
  'withQuery',
  'otherServiceProvider',
] as const
const values = z.union([z.enum(kinds), own])

type Value = z.output<typeof values>
type Spoiling = Exclude<(typeof kinds)[number], 'none' | 'otherServiceProvider'>

const spoil: Readonly<Record<Spoiling, (right: string) => string>> = {
  trailingSlash: (right) => (right.endsWith('/') ? right.slice(0, -1) : `${right}/`),
  otherScheme: (right) =>
    right.startsWith('https:') ? right.replace('https:', 'http:') : right.replace('http:', 'https:'),
  otherPort: (right) => withOtherPort(right),
  otherCase: (right) => (right === right.toUpperCase() ? right.toLowerCase() : right.toUpperCase()),
  withQuery: (right) => `${right}${right.includes('?') ? '&' : '?'}extra=1`,
}

function withOtherPort(right: string): string {
  const { protocol, port } = new URL(right)
  const [, before = '', after = ''] = /^([^/]*\/\/[^/?#:]*|[^/]*\/\/\[[^\]]*\])(?::\d*)?(.*)$/s.exec(right) ?? []
  const now = Number(port || (protocol === 'https:' ? 443 : 80))
  return `${before}:${now + 1}${after}`
}

/** In words that follow a colon. */
function whyNotSpoilt(value: Value, right: string | undefined, another: string | undefined): string | undefined {
  if (typeof value !== 'string' || value === 'none') return undefined
  if (value === 'otherServiceProvider') return another === undefined ? 'there is no other service provider' : undefined
  if (right === undefined) return 'a message that is answered in the exchange says none'
  const needsWeb = value === 'otherScheme' || value === 'otherPort'
  return needsWeb && !/^https?:\/\//.test(right) ? `it is no web address, but ${right.slice(0, 256)}` : undefined
}

function spoilt(value: Value, right: string | undefined, another: string | undefined): string | undefined {
  if (typeof value !== 'string') return value.value
  if (value === 'none') return undefined
  return value === 'otherServiceProvider' ? another : right && spoil[value](right)
}

export const destination = row({
  point: 'draft',
  values,
  says: 'Says another Destination than where it is sent, or none.',
  onTheWire:
    'The attribute of the message: with or without a slash at its end, http for https, the next port, in capitals, with extra=1 as a query, the address of another service provider.',
  bugs: ['D2', 'D6', 'D7', 'D8', 'D9', 'J6'],
  whyNot: (value, met) => whyNotSpoilt(value, destinationOf(met.draft.to), addressOfAnother(met)),
  make: (draft, value, met) => {
    const said = spoilt(value, draft.fields.destination, addressOfAnother(met))
    return withHeader(draft, { destination: said })
  },
})

export const issuer = row({
  point: 'draft',
  values,
  says: 'Names another Issuer, or none.',
  onTheWire:
    'The element of the message and of its Assertions: the entity id of the IdP with or without a slash at its end, http for https, the next port, in capitals, with extra=1 as a query; or the entity id of another service provider.',
  bugs: ['C6', 'J6'],
  whyNot: (value, met) => whyNotSpoilt(value, met.draft.fields.issuer, anotherEntity(met)),
  make: (draft, value, met) => {
    const said = spoilt(value, draft.fields.issuer, anotherEntity(met))
    const changed = withHeader(draft, { issuer: said })
    if (changed.kind !== 'Response') return changed
    const assertions = changed.fields.assertions.map((assertion) => ({ ...assertion, issuer: said }))
    return { ...changed, fields: { ...changed.fields, assertions } }
  },
})

const anotherEntity = ({ draft, parts }: Met): string | undefined =>
  parts.serviceProviders.list().find(({ metadata }) => metadata.entityId !== draft.to.spEntityId)?.metadata.entityId

function withHeader(draft: Draft, header: { destination: string | undefined } | { issuer: string | undefined }): Draft {
  return { ...draft, fields: { ...draft.fields, ...header } } as Draft
}
