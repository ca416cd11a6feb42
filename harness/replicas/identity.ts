import { createHash } from 'node:crypto'
import { ConfigError } from '#server/config-error'
import type { Differing, SharedStore } from '#server/store/store'
import { type Difference, firstDifference } from './first-difference.ts'

/** What all replicas of a party have to have alike. */
export interface Identity {
  /** Where browsers and peers reach it. */
  readonly url: string
  /** As it was configured, without secrets, as JSON has it. */
  readonly world: unknown
  /** A digest of the secrets among that. */
  readonly secrets: string
}

const start = 'party/'
const nameOf = (party: string): string => start + party

/** Where the first replica of a party said that it is reached; undefined when this is the first. @throws StoreUnavailable */
export async function knownUrl(shared: SharedStore, party: string): Promise<string | undefined> {
  const text = await shared.said(nameOf(party))
  return text === undefined ? undefined : (JSON.parse(text) as Identity).url
}

/**
 * Says what a party is, unless a replica said so before, and answers where the first of them is reached.
 * @throws ConfigError when that one is configured in another way, naming the first thing in which they differ
 */
export async function agree(shared: SharedStore, party: string, ours: Identity): Promise<string> {
  const text = JSON.stringify(ours)
  const first = JSON.parse(await shared.first(nameOf(party), text)) as Identity
  const { world } = JSON.parse(text) as Identity
  const differing = firstDifference(world, first.world)
  if (differing === undefined && ours.secrets === first.secrets) return first.url
  const says = differing === undefined ? otherSecrets : inWords(differing)
  throw new ConfigError(`${party} runs already with another world, at the store ${shared.place}: ${says}`)
}

/** What differs between two of what replicas said, in words without secrets. */
export function whatDiffers({ name, ours, theirs }: Differing): string {
  if (!name.startsWith(start)) return `${name.replace('/', ' ')} is another here than there`
  const [one, other] = [ours, theirs].map((text) => JSON.parse(text) as Identity)
  const differing = firstDifference({ ...one, secrets: '' }, { ...other, secrets: '' })
  return `${name.slice(start.length)}: ${differing === undefined ? otherSecrets : inWords(differing)}`
}

const otherSecrets = 'its keys or passwords are others here than there'

const inWords = ({ path, one, other }: Difference): string =>
  `${path || 'the world'} is ${shown(one)} here and ${shown(other)} there`

/** A digest by which secrets can be compared and not read. */
export const digestOf = (value: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(value) ?? '')
    .digest('base64')

const longestShown = 200

function shown(value: unknown): string {
  return value === undefined ? 'absent' : (JSON.stringify(value) ?? '').slice(0, longestShown)
}
