import { ConfigError } from '#server/config-error'
import { legibleText } from '#server/legible-text'
import type { Exchange } from './exchange.ts'
import type { Found, FoundMessage } from './found-message.ts'
import { exchangeOfHar } from './har-entry.ts'
import { type ItemsEnd, readItems } from './json-items.ts'
import { type Sighting, sightingsIn } from './sightings.ts'
import { exchangeOfTracer } from './tracer-request.ts'

/** Each of them may have some hundred KiB. */
const mostMessages = 1_000

/**
 * The messages of a HAR 1.2 or of an export of SAML-tracer, in their order, however large it is. What a redirect or a page leads to is found once, as the request
 * that it became.
 * @throws ConfigError when it is neither, or has no message
 */
export function readCapture(chunks: Iterable<Uint8Array>): Found {
  const collected = new Collected()
  const take = (item: unknown) => collected.take(exchangeOf(item))
  const end = readItems(chunks, { names: ['entries', 'requests'], take })
  const unread = [...collected.unread, ...shortcomings(end)]
  if (end.list === undefined)
    throw new ConfigError(`it is JSON without entries: expected a HAR or an export of SAML-tracer${cut(end)}`)
  const messages = collected.messages()
  if (messages.length + unread.length === 0)
    throw new ConfigError(`it has no SAML message in its ${collected.count} requests`)
  if (messages.length === 0) throw new ConfigError(`it has no SAML message that can be read: ${unread.join('; ')}`)
  return { isCapture: true, messages, unread }
}

const exchangeOf = (item: unknown): Exchange =>
  typeof item === 'object' && item !== null && 'request' in item ? exchangeOfHar(item) : exchangeOfTracer(item)

function shortcomings({ cutAt, tooLarge }: ItemsEnd): readonly string[] {
  const [cutSentence, largeSentence] = [
    `it ends in the middle, at byte ${cutAt}: what stood behind is not judged`,
    `${tooLarge} of its requests are too large to be looked at`,
  ]
  return [...(cutAt === undefined ? [] : [cutSentence]), ...(tooLarge === 0 ? [] : [largeSentence])]
}

const cut = ({ cutAt }: ItemsEnd): string => (cutAt === undefined ? '' : `; it ends in the middle, at byte ${cutAt}`)

interface Placed extends Sighting {
  readonly where: string
  readonly at: string | undefined
}

class Collected {
  readonly unread: string[] = []
  count = 0
  #placed: Placed[] = []
  /** Those of answers, by what they say, until the request comes that carries them. */
  readonly #led = new Map<string, Placed>()

  take(exchange: Exchange): void {
    this.count += 1
    if (this.#placed.length >= mostMessages) return
    const place = placeOf(exchange, this.count)
    try {
      for (const sighting of sightingsIn(exchange)) this.#add({ ...sighting, where: place, at: exchange.at })
    } catch (error) {
      this.unread.push(`${place}: ${(error as Error).message}`)
    }
    if (this.#placed.length >= mostMessages) this.unread.push(`only its first ${mostMessages} messages are judged`)
  }

  messages(): readonly FoundMessage[] {
    return this.#placed.map(({ presented, notes, where, at, isInAnswer }) => {
      return { presented, notes, at, where: isInAnswer ? `answer to ${where}` : where }
    })
  }

  #add(placed: Placed): void {
    const { key, isInAnswer } = placed
    const before = this.#led.get(key)
    if (before !== undefined && isInAnswer) return
    if (before !== undefined) this.#placed = this.#placed.filter((other) => other !== before)
    if (isInAnswer) this.#led.set(key, placed)
    else this.#led.delete(key)
    this.#placed.push(placed)
  }
}

function placeOf({ method, url, at }: Exchange, count: number): string {
  const [address = ''] = url.split(/[?#]/, 1)
  return legibleText(`request ${count}${at === undefined ? '' : ` at ${at}`}, ${method} ${address.slice(0, 256)}`)
}
