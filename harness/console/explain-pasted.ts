import type { Presented } from '#saml/rules/presented'
import { readPresented } from '../explain/read-presented.ts'
import type { RunningParties } from '../roles/running-parties.ts'
import { type Asked, type Explained, explainMessage } from './explain-message.ts'

/** What our parties make of each message in a text. @throws ConfigError, SamlError or ControlError in one sentence */
export async function explainPasted(parties: RunningParties, text: string): Promise<readonly Explained[]> {
  const { messages } = readPresented(text)
  const all: Explained[] = []
  for (const { presented } of messages.slice(0, mostExplained)) all.push(await explainOne(parties, presented))
  return all
}

/** More than one page should show. */
const mostExplained = 50

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
