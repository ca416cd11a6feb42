import type { Presented } from '#saml/rules/presented'
import type { FoundMessage } from '../explain/found-message.ts'
import { readPresented } from '../explain/read-presented.ts'
import type { RunningParties } from '../roles/running-parties.ts'
import { type Asked, type Explained, explainMessage } from './explain-message.ts'

/** A message as it was found. */
export interface Pasted extends Pick<FoundMessage, 'where' | 'notes'> {
  readonly explained: Explained
}

/** What our parties make of a text, message by message. */
export interface PastedMessages {
  readonly messages: readonly Pasted[]
  /** What is not judged, a sentence each. */
  readonly unread: readonly string[]
}

/** More than one page should show. */
const mostExplained = 50

/** What our parties make of the first 50 messages in a text. @throws ConfigError, SamlError or ControlError in one sentence */
export async function explainPasted(parties: RunningParties, text: string): Promise<PastedMessages> {
  const { messages: found, unread } = readPresented(text)
  const messages: Pasted[] = []
  for (const { presented, ...message } of found.slice(0, mostExplained)) {
    messages.push({ ...message, explained: await explainOne(parties, presented) })
  }
  const others = found.length - mostExplained
  const left = `these are the first ${mostExplained} of its ${found.length} messages; sloop explain shows all of them`
  return { messages, unread: others > 0 ? [...unread, left] : unread }
}

/** Whom it is for, its address says, else its Destination. */
async function explainOne(parties: RunningParties, presented: Presented): Promise<Explained> {
  const asked = askedOf(presented)
  const urlOfIdp = parties.places.find(({ role }) => role === 'idp')?.url
  const isAtIdp = (address: string | null | undefined) =>
    urlOfIdp !== undefined && address?.startsWith(urlOfIdp) === true
  if (isAtIdp(presented.address) || parties.es === undefined) return explainMessage(parties, asked, true)
  const explained = await explainMessage(parties, asked, false)
  return isAtIdp(explained.to) && parties.idp !== undefined ? explainMessage(parties, asked, true) : explained
}

function askedOf(presented: Presented): Asked {
  if (presented.carrier === 'form') return { form: { ...presented.fields } }
  if (presented.carrier === 'document') return { document: presented.document }
  const { queryString, address } = presented
  return address === undefined ? { queryString } : { url: `${address}?${queryString}` }
}
