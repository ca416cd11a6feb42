import { z } from 'zod'
import { findEndpoint } from '#saml/metadata/role'
import { defaultConsumerService } from '#saml/metadata/sp-metadata'
import { BINDING } from '#saml/names'
import { ways } from '../outbox/draft.ts'
import { type Met, row } from './change-row.ts'

/** The changes of where and how a message is sent. */

export const binding = row({
  point: 'sending',
  values: z.enum(ways),
  says: 'Sends it by another binding.',
  onTheWire:
    'To the address that the metadata offers for that binding, else to the same address. What is signed, and where the signature stands, follows the binding.',
  bugs: ['A14', 'B4', 'E1', 'E2', 'E3', 'E4', 'E5'],
  whyNot: (_value, { draft: { to } }) =>
    to.way === 'exchange' ? 'it is answered in the exchange that asked' : undefined,
  make: (to, way, { draft, parts }) => {
    if (to.way === 'exchange') return to
    const metadata = parts.serviceProviders.find(to.spEntityId)
    if (draft.kind === 'Response' || metadata === undefined || way === to.way) return { ...to, way }
    const endpoint = findEndpoint(metadata.singleLogoutServices, BINDING[way])
    const { location = to.address, responseLocation = location } = endpoint ?? {}
    return { ...to, way, address: draft.kind === 'LogoutResponse' ? responseLocation : location }
  },
})

/** What a header can carry, too. */
const webAddress = z
  .string()
  .max(8192)
  .superRefine((given, context) => {
    if (/^https?:\/\/[\x21-\x7E]+$/.test(given) && URL.canParse(given)) return
    context.addIssue({ code: 'custom', message: 'expected an http or https URL' })
  })

const kinds = ['acs', 'sso', 'slo', 'location'] as const

export const address = row({
  point: 'sending',
  values: z.union([z.enum(kinds), z.strictObject({ value: webAddress })]),
  says: 'Sends it to another address of the service provider; what it says as its Destination stays.',
  onTheWire:
    'acs: where logins go; slo: where LogoutRequests go; location: there too, in place of the ResponseLocation; sso: only what a service provider writes goes to one.',
  bugs: ['D1', 'D2', 'D3', 'D4', 'D5', 'D9', 'D12'],
  whyNot: (value, met) => {
    if (met.draft.to.way === 'exchange') return 'it is answered in the exchange that asked'
    if (typeof value !== 'string') return undefined
    if (value === 'sso') return 'a service provider has none, expected acs, slo, location or {"value":…}'
    return addressOf(value, met) === undefined ? 'the metadata of the service provider has no such address' : undefined
  },
  make: (to, value, met) => {
    if (to.way === 'exchange') return to
    return { ...to, address: (typeof value === 'string' ? addressOf(value, met) : value.value) ?? to.address }
  },
})

function addressOf(name: (typeof kinds)[number], { draft: { to }, parts }: Met): string | undefined {
  const metadata = parts.serviceProviders.find(to.spEntityId)
  if (metadata === undefined || name === 'sso') return undefined
  if (name === 'acs') return defaultConsumerService(metadata)?.location
  const services = metadata.singleLogoutServices
  const ofBinding = to.way === 'exchange' ? undefined : findEndpoint(services, BINDING[to.way])
  return (ofBinding ?? services[0])?.location
}

/** A day. */
const mostDelayMs = 86_400_000

export const delivery = row({
  point: 'sending',
  values: z.union([
    z.enum(['never', 'twice', 'status500', 'reset']),
    z.strictObject({ delayMs: z.number().int().min(0).max(mostDelayMs) }),
  ]),
  says: 'Delivers it otherwise: never, twice, late, or something else in its place.',
  onTheWire:
    'never: it is written and not sent; twice: the browser is sent there again after the first answer; delayMs: so much later; status500, reset: what the browser or the caller gets in its place.',
  bugs: ['F6', 'F8', 'G1', 'G11', 'G15', 'H6'],
  // How it is carried is for who carries it.
  make: (to) => to,
})
