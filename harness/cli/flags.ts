import { InvalidArgumentError, Option } from 'commander'
import { longestTimerMs } from '#server/timers'
import { appProfiles } from '../world/profiles.ts'

/**
 * The flags that several commands share, each with the environment variable that stands in for it. None has a default here:
 * what is absent comes from a configuration file, else from the default world (flag, environment, file, default).
 */
export const flags = {
  host: () => text('--host <address>', 'address to listen on (default: 127.0.0.1)', 'SLOOP_HOST'),
  idpPort: () => port('--idp-port <port>', 'port of the IdP (default: 7070; 0 picks a free one)', 'SLOOP_IDP_PORT'),
  esPort: () => port('--es-port <port>', 'port of Elasticsearch (default: 9200; 0 picks a free one)', 'SLOOP_ES_PORT'),
  appPort: () =>
    port('--app-port <port>', 'port of the application (default: 5601; 0 picks a free one)', 'SLOOP_APP_PORT'),
  partnerPort: () =>
    port(
      '--partner-port <port>',
      'port of the first partner (default: 5602; 0 picks a free one)',
      'SLOOP_PARTNER_PORT',
    ),
  partners: () =>
    new Option('--partners <n>', 'how many partners run, those of the world among them (default: 0)')
      .env('SLOOP_PARTNERS')
      .argParser(parseCount),
  idpUrl: () =>
    url('--idp-url <url>', "the IdP's metadata (default: http://idp.localhost:7070/metadata)", 'SLOOP_IDP_URL'),
  at: () =>
    new Option('--at <url>', 'a running server, or a lab of it (default: http://idp.localhost:7070)')
      .env('SLOOP_AT')
      .argParser(parseBaseUrl),
  token: () =>
    new Option('--token <token>', 'what its control API asks for, if it does')
      .env('SLOOP_CONTROL_TOKEN')
      .argParser(parseToken),
  mcpPort: () =>
    port(
      '--mcp-port <port>',
      'serve streamable HTTP at this port of the loopback address (0 picks a free one), not standard input and output',
      'SLOOP_MCP_PORT',
    ),
  controlToken: () =>
    new Option('--control-token <token>', 'who calls the control API must know it (Authorization: Bearer)')
      .env('SLOOP_CONTROL_TOKEN')
      .argParser(parseToken),
  labIdleSeconds: () =>
    new Option('--lab-idle-seconds <n>', 'remove a lab that nobody has called for so long (default: 600)')
      .env('SLOOP_LAB_IDLE_SECONDS')
      .argParser(parseIdleSeconds),
  journalSize: () =>
    new Option('--journal-size <n>', 'how many entries the journal keeps at most (default: 10000)')
      .env('SLOOP_JOURNAL_SIZE')
      .argParser(parseJournalSize),
  store: () =>
    new Option(
      '--store <url>',
      'share all state with other replicas there, in Redis or what speaks its protocol: redis://localhost:6379',
    ).env('SLOOP_STORE'),
  drainSeconds: () =>
    new Option(
      '--drain-seconds <n>',
      'when stopped, say at /_sloop/ready for so long that it is not ready, and answer on (default: 0)',
    )
      .env('SLOOP_DRAIN_SECONDS')
      .argParser(parseDrainSeconds),
  json: () => new Option('--json', 'once ready, print one line of JSON instead of a text'),
  keys: () =>
    text(
      '--keys <folder>',
      'keep signing keys there; memory makes new ones at every start (default: kept for all of your projects)',
      'SLOOP_KEYS',
    ),
  sloopYml: () => text('--config <file>', 'sloop.yml: users, service providers, lifetimes', 'SLOOP_CONFIG'),
  elasticsearchYml: () => text('--config <file>', 'elasticsearch.yml with SAML realms', 'SLOOP_CONFIG'),
  esVersion: () => text('--es-version <version>', 'answer as this Elasticsearch (default: 9.2)', 'SLOOP_ES_VERSION'),
  elasticPassword: () =>
    text('--elastic-password <password>', 'password of the user elastic (default: changeme)', 'ELASTIC_PASSWORD'),
  appProfile: () =>
    new Option('--app-profile <profile>', 'how careful the application is about logouts (default: kibana)')
      .choices(appProfiles)
      .env('SLOOP_APP_PROFILE'),
  appSelector: () => new Option('--app-selector', 'users of the application choose how to log in'),
  tls: () => toggle('--tls', 'every socket speaks TLS, with certificates of an authority of our own', 'SLOOP_TLS'),
  tlsCert: () => text('--tls-cert <file>', 'or with this certificate', 'SLOOP_TLS_CERT'),
  tlsKey: () => text('--tls-key <file>', 'and its private key', 'SLOOP_TLS_KEY'),
  localhost: () => new Option('--localhost', 'every role at http://localhost, for programs that know no *.localhost'),
  publicUrls: () =>
    new Option(
      '--public-url <role=url>',
      'where browsers and peers reach a role; may be given once per role',
    ).argParser(addPublicUrl),
  publicUrl: () =>
    new Option('--public-url <url>', 'where browsers and peers reach this, if not where it listens')
      .env('SLOOP_PUBLIC_URL')
      .argParser(parseBaseUrl),
} as const

const mostPartners = 100
const mostIdleSeconds = Math.floor(longestTimerMs / 1_000)
const leastJournal = 100
/** More than anybody's balancer needs to notice. */
const mostDrainSeconds = 300
const mostJournal = 1_000_000

/** A flag whose value is the absolute HTTP address of something. */
export function url(name: string, description: string, variable: string): Option {
  return new Option(name, description).env(variable).argParser(parseUrl)
}

function text(name: string, description: string, variable: string): Option {
  return new Option(name, description).env(variable).argParser(parseText)
}

function port(name: string, description: string, variable: string): Option {
  return new Option(name, description).env(variable).argParser(parsePort)
}

function parsePort(text: string): number {
  const number = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (number <= 65_535) return number
  throw new InvalidArgumentError('A port is a whole number from 0 to 65535.')
}

function parseCount(text: string): number {
  const number = /^\d{1,3}$/.test(text) ? Number(text) : Number.NaN
  if (number <= mostPartners) return number
  throw new InvalidArgumentError(`It is a whole number from 0 to ${mostPartners}.`)
}

function parseIdleSeconds(text: string): number {
  const number = /^\d{1,7}$/.test(text) ? Number(text) : Number.NaN
  if (number >= 1 && number <= mostIdleSeconds) return number
  throw new InvalidArgumentError(`It is a whole number from 1 to ${mostIdleSeconds}.`)
}

function parseDrainSeconds(text: string): number {
  const number = /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN
  if (number <= mostDrainSeconds) return number
  throw new InvalidArgumentError(`It is a whole number from 0 to ${mostDrainSeconds}.`)
}

/** So many at least that whoever waits for one sees it before it falls out. */
function parseJournalSize(text: string): number {
  const number = /^\d{1,7}$/.test(text) ? Number(text) : Number.NaN
  if (number >= leastJournal && number <= mostJournal) return number
  throw new InvalidArgumentError(`It is a whole number from ${leastJournal} to ${mostJournal}.`)
}

/** A blank one would mean something that nobody asked for: every address of this machine, the folder where one is. */
export function parseText(text: string): string {
  if (text.trim() !== '') return text
  throw new InvalidArgumentError('It cannot be blank.')
}

/** A flag without a value. A variable that says no leaves it off, where commander asks only whether there is one. */
function toggle(flag: string, description: string, variable: string): Option {
  const option = new Option(flag, description)
  const saysNo = ['', '0', 'false', 'no'].includes(process.env[variable]?.trim().toLowerCase() ?? '')
  return saysNo ? option : option.env(variable)
}

/** As a header can carry it (RFC 6750 §2.1); an empty one would let everybody in. */
function parseToken(text: string): string {
  if (/^[\x21-\x7E]+$/.test(text)) return text
  throw new InvalidArgumentError('It is a text without blanks, of characters that a header can carry.')
}

/** Without a trailing slash, since paths are added to it. */
export function parseUrl(text: string): string {
  const { protocol } = URL.canParse(text) ? new URL(text) : { protocol: '' }
  if (protocol === 'http:' || protocol === 'https:') return text.replace(/\/+$/, '')
  throw new InvalidArgumentError('It must begin with http:// or https://.')
}

function parseBaseUrl(text: string): string {
  const base = parseUrl(text)
  if (!/[?#]/.test(base)) return base
  throw new InvalidArgumentError('Paths are added to it, so that it can have no query and no fragment.')
}

type PublicUrls = Readonly<Record<string, string>>

/** `idp=https://idp.test`: by `idp`, `es` or the name of an application or partner. */
function addPublicUrl(text: string, before: PublicUrls = {}): PublicUrls {
  const [, role, url] = /^([\w-]+)=(.*)$/s.exec(text) ?? []
  if (role === undefined || url === undefined) throw new InvalidArgumentError('It is like idp=https://idp.test.')
  if (Object.hasOwn(before, role)) throw new InvalidArgumentError(`There is one for ${role} already.`)
  return { ...before, [role]: parseBaseUrl(url) }
}
