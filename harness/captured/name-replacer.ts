import type { CaptureParties } from './capture-parties.ts'
import { personalTextsIn, type ReadMessage } from './read-message.ts'

/** Gives other names to people, hosts and organisations: the same one to the same, wherever it stands in a text. */
export type ReplaceNames = (text: string) => string

export const keepNames: ReplaceNames = (text) => text

/** Hosts that are in the names that specifications give, and nobody's. */
const ofSpecifications = /^(?:www\.w3\.org|schemas\.(?:xmlsoap\.org|microsoft\.com)|docs\.oasis-open\.org)$/
const host = /https?:\/\/(\[[^\]/]{1,64}\]|[^/:?#"'<>\s\\]{1,253})/g
const isUrl = (text: string) => /^https?:/.test(text)

/** What replaces the names in these messages, and in what is said of them. */
export function nameReplacer(messages: readonly ReadMessage[], parties: CaptureParties): ReplaceNames {
  const names = new Map<string, string>([...people(messages), ...organisations(messages, parties)])
  const known = [...names.keys()].filter((name) => name.length > 1).sort((one, other) => other.length - one.length)
  if (known.length === 0) return keepNames
  const written = new RegExp(`(?<![A-Za-z0-9])(?:${known.map(escapedForPattern).join('|')})(?![A-Za-z0-9])`, 'gi')
  const byLowerCase = new Map([...names].map(([name, other]) => [name.toLowerCase(), other]))
  return (text) => text.replace(written, (name) => byLowerCase.get(name.toLowerCase()) ?? name)
}

const escapedForPattern = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')

function organisations(messages: readonly ReadMessage[], parties: CaptureParties): Map<string, string> {
  const names = new Map<string, string>()
  const add = (name: string | undefined, other: string) => {
    if (name !== undefined && !names.has(name)) names.set(name, other)
  }
  for (const [role, places] of [
    ['idp', [parties.idpEntityId]],
    ['sp', [parties.acs, parties.logout, parties.spEntityId]],
  ] as const) {
    for (const place of places) {
      if (isUrl(place)) for (const found of hostsIn(place)) add(found, `${role}.example.test`)
      else add(place, `urn:example:${role}`)
    }
  }
  const texts = messages.flatMap(({ document = '', found }) => [document, found.presented.address ?? ''])
  const others = [...new Set(texts.flatMap(hostsIn))].filter((name) => !names.has(name))
  for (const [index, name] of others.entries()) add(name, `host${index + 1}.example.test`)
  return names
}

const hostsIn = (text: string): string[] =>
  [...text.matchAll(host)].flatMap(([, name = '']) => (ofSpecifications.test(name) ? [] : [name]))

/** Whoever is called by one name in two messages is one person. */
function people(messages: readonly ReadMessage[]): Map<string, string> {
  const names = new Map<string, string>()
  const numbers = new Map<string, number>()
  let values = 0
  for (const { person, other } of messages.map(personalTextsIn)) {
    const key = (name: string) => (name.split('@', 1)[0] ?? name).toLowerCase()
    const number = person.map((name) => numbers.get(key(name))).find((found) => found !== undefined)
    const own = number ?? new Set(numbers.values()).size + 1
    for (const name of person) {
      numbers.set(key(name), own)
      names.set(name, name.includes('@') ? `person${own}@example.test` : `person${own}`)
      if (name.includes('@')) names.set(name.split('@', 1)[0] ?? name, `person${own}`)
    }
    for (const name of other) if (!names.has(name)) names.set(name, `value${++values}`)
  }
  return names
}
