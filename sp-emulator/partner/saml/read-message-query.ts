import { PartnerError } from '../partner-error.ts'

/** What a message by Redirect may be made of (saml-bindings-2.0 §3.4.4.1). */
const parameters = ['SAMLRequest', 'SAMLResponse', 'RelayState', 'SigAlg', 'Signature'] as const

export interface MessageQuery {
  /** Those of the message, as they came and in their order: what the signature is over. */
  readonly raw: string
  readonly values: Readonly<Record<string, string>>
}

/**
 * The signed message in a query.
 *
 * node-saml finds what was signed by searching the query for a name, takes the value from elsewhere and lets an unsigned message pass. So that both are the same,
 * each parameter is here once, under its plain name, and nothing else is.
 * @throws PartnerError (400) when there is no message, more than one, or one without signature
 */
export function readMessageQuery(query: string): MessageQuery {
  const pairs = query.split('&').map((raw) => ({ raw, name: raw.split('=', 1)[0] ?? '' }))
  const known = pairs.filter(({ name }) => (parameters as readonly string[]).includes(name))
  const values = Object.fromEntries(known.map(({ raw, name }) => [name, new URLSearchParams(raw).get(name) ?? '']))
  const twin = known.find(({ name }, index) => known.findIndex((other) => other.name === name) !== index)
  if (twin !== undefined) throw new PartnerError(400, `The request has more than one ${twin.name}.`)
  const messages = known.filter(({ name }) => name === 'SAMLRequest' || name === 'SAMLResponse')
  const [message, other] = messages
  if (message === undefined) throw new PartnerError(400, 'The request has neither a SAMLRequest nor a SAMLResponse.')
  if (other !== undefined) throw new PartnerError(400, 'The request has a SAMLRequest and a SAMLResponse.')
  if (!values['SigAlg'] || !values['Signature']) throw new PartnerError(400, `The ${message.name} is not signed.`)
  return { raw: known.map(({ raw }) => raw).join('&'), values }
}
