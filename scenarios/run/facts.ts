import type { ApplicationTruth, BrowserTruth, PartnerTruth, Truth } from '../scenario/expected.ts'

export type Facts = Readonly<Record<string, string>>

/** Every fact by its name; one of a further party begins with its name, one of a further browser with the browser's. */
export function factsOf({ elsewhere = {}, ...first }: Truth): Facts {
  const further = Object.entries(elsewhere).map(([browser, truth]) => prefixed(`${browser}: `, factsInBrowser(truth)))
  return Object.assign({}, factsInBrowser(first), ...further)
}

function factsInBrowser({ others = {}, ...first }: BrowserTruth): Facts {
  const further = Object.entries(others).map(([name, truth]) => prefixed(`${name}: `, factsAt(truth)))
  return Object.assign({}, first, ...further)
}

const factsAt = (truth: ApplicationTruth | PartnerTruth): Facts => ({ ...truth })

const prefixed = (prefix: string, facts: Facts): Facts =>
  Object.fromEntries(Object.entries(facts).map(([fact, is]) => [prefix + fact, is]))
