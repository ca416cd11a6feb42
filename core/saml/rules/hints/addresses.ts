import type { Difference } from './difference.ts'

/** In what two addresses may differ; of names that are no addresses none says anything. */
export const differencesOfAddresses: readonly Difference[] = [
  trailingSlash,
  ofAddresses(
    onlyIn('protocol', (expected, actual) => `scheme: ${schemeOf(actual)} where ${schemeOf(expected)} was expected`),
  ),
  ofAddresses(loopback),
  ofAddresses(onlyIn('port', (expected, actual) => `port: ${portOf(actual)} where ${portOf(expected)} was expected`)),
  ofAddresses(schemeAndPort),
  ofAddresses(
    onlyIn('hostname', (expected, actual) => `host: ${actual.hostname} where ${expected.hostname} was expected`),
  ),
  ofAddresses(onlyIn('search', queries)),
  ofAddresses(onlyIn('hash', () => 'fragment, which is no part of an address that is compared')),
]

function trailingSlash(expected: string, actual: string): string | undefined {
  if (actual === `${expected}/`) return 'it differs only in a slash at its end, which was not expected'
  return expected === `${actual}/` ? 'it differs only in a slash at its end, which is missing' : undefined
}

type DifferenceOfAddresses = (expected: URL, actual: URL) => string | undefined

function ofAddresses(difference: DifferenceOfAddresses): Difference {
  return (expected, actual) => {
    const [one, other] = [addressOf(expected), addressOf(actual)]
    return one === undefined || other === undefined ? undefined : difference(one, other)
  }
}

const addressOf = (text: string): URL | undefined =>
  /^https?:\/\//i.test(text) && URL.canParse(text) ? new URL(text) : undefined

type Part = 'protocol' | 'hostname' | 'port' | 'pathname' | 'search' | 'hash'
const allParts: readonly Part[] = ['protocol', 'hostname', 'port', 'pathname', 'search', 'hash']

function differ(expected: URL, actual: URL): readonly Part[] {
  return allParts.filter((part) => expected[part] !== actual[part])
}

function onlyIn(part: Part, says: (expected: URL, actual: URL) => string): DifferenceOfAddresses {
  return (expected, actual) => {
    const parts = differ(expected, actual)
    return parts.length === 1 && parts[0] === part ? `it differs only in the ${says(expected, actual)}` : undefined
  }
}

const schemeOf = ({ protocol }: URL) => protocol.slice(0, -1)
const portOf = ({ port, protocol }: URL) => (port === '' ? `none (${protocol === 'https:' ? 443 : 80})` : port)

function schemeAndPort(expected: URL, actual: URL): string | undefined {
  if (differ(expected, actual).join() !== 'protocol,port') return undefined
  return `it differs only in scheme and port: ${actual.origin} where ${expected.origin} was expected, as behind a proxy that ends TLS`
}

const own = ['localhost', '127.0.0.1', '[::1]']

function loopback(expected: URL, actual: URL): string | undefined {
  if (differ(expected, actual).join() !== 'hostname') return undefined
  const isLoopback = own.includes(expected.hostname) && own.includes(actual.hostname)
  if (!isLoopback) return undefined
  return `it differs only in the name of this machine: ${actual.hostname} where ${expected.hostname} was expected`
}

function queries(expected: URL, actual: URL): string {
  if (actual.search === '') return `query: [${expected.search}] is missing`
  if (expected.search === '') return `query: [${actual.search}] was not expected`
  return `query: [${actual.search}] where [${expected.search}] was expected`
}
