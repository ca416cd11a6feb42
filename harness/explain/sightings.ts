import { NAMESPACE } from '#saml/names'
import type { Presented } from '#saml/rules/presented'
import { hasMessage, inForm, inQuery, samlParametersOf } from './carried-by.ts'
import { messageParameters } from './document-in.ts'
import type { Exchange } from './exchange.ts'
import { formsInPage } from './pasted-page.ts'
import { messageIn } from './pasted-xml.ts'

/** A message at one place of a capture. An answer that leads somewhere shows the message that the next request carries. */
export interface Sighting {
  readonly presented: Presented
  readonly isInAnswer: boolean
  readonly notes: readonly string[]
  /** Equal for what is the same message. */
  readonly key: string
}

const isSoapMessage = (body: string) => body.includes('Envelope') && body.includes(NAMESPACE.protocol)

/**
 * The messages in a request and its answer, in the order in which they were sent.
 * @throws ConfigError, SamlError when there is one that cannot be read
 */
export function sightingsIn(exchange: Exchange): readonly Sighting[] {
  return [...inRequest(exchange), ...inAnswer(exchange)]
}

function inRequest({ url, body, decoded }: Exchange): readonly Sighting[] {
  const [address = ''] = url.split(/[?#]/, 1)
  const found = atAddress(url, address)
  if (body !== undefined && hasMessage(body)) found.push(inForm({ parameters: body, address }))
  if (decoded !== undefined) found.push({ carrier: 'document', document: decoded, address })
  const hidden = decoded === undefined ? [] : ['the export hides the form that carried it']
  return [...found.map((presented) => sighting(presented, hidden)), ...inSoap(body, { address })]
}

function inAnswer({ url, location, answer = '' }: Exchange): readonly Sighting[] {
  const redirected = location === undefined ? [] : atAddress(location, resolved(location.split(/[?#]/, 1)[0], url))
  const posted = formsInPage(answer).map(({ action, fields }): Presented => {
    return { carrier: 'form', fields, address: resolved(action, url) }
  })
  const found = [...redirected, ...posted].map((presented) => ({ ...sighting(presented, []), isInAnswer: true }))
  return [...found, ...inSoap(answer, { address: undefined })]
}

function atAddress(url: string, address: string | undefined): Presented[] {
  const [, query = ''] = /\?([^#]*)/.exec(url) ?? []
  return hasMessage(query) ? [inQuery({ parameters: samlParametersOf(query), address })] : []
}

function inSoap(body: string | undefined, { address }: { readonly address: string | undefined }): readonly Sighting[] {
  if (body === undefined || !isSoapMessage(body)) return []
  const { document, notes } = messageIn(body)
  return [sighting({ carrier: 'document', document, address }, notes)]
}

function sighting(presented: Presented, notes: readonly string[]): Sighting {
  return { presented, notes, isInAnswer: false, key: keyOf(presented) }
}

function keyOf(presented: Presented): string {
  if (presented.carrier === 'document') return presented.document
  const values = presented.carrier === 'form' ? presented.fields : undefined
  const parameters = presented.carrier === 'form' ? undefined : new URLSearchParams(presented.queryString)
  const found = messageParameters.map((name) => values?.[name] ?? parameters?.get(name))
  return found.map((value) => (value ?? '').replace(/\s/g, '')).join()
}

/** An address that a page or a header names, seen from where it was. */
function resolved(address: string | undefined, base: string): string | undefined {
  if (address === undefined || address === '') return base === '' ? undefined : base.split(/[?#]/, 1)[0]
  return URL.canParse(address, base) && !URL.canParse(address) ? new URL(address, base).href : address
}
