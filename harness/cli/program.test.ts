import { readFileSync } from 'node:fs'
import { afterEach, expect, test, vi } from 'vitest'
import { ConfigError } from '#server/config-error'
import { StoreUnavailable } from '#server/store/store-unavailable'
import { caseFile } from '../case-file.test-support.ts'
import type { RoleOptions, StartRoles } from '../roles/role-options.ts'
import { endingOf } from './failure.ts'
import { createProgram } from './program.ts'

afterEach(() => void vi.unstubAllEnvs())

const realmsYml = caseFile('reports/12-sign-on-by-post-only/elasticsearch.yml')
const worldYml = caseFile('reports/07-unreadable-certificate/sloop.yml')

interface Run {
  printed: string
  ending: { code: number; message: string }
  options: Partial<RoleOptions>
}

/** Runs the command line against roles that are ready at once, and stops it then. */
async function run(line: string, { startRoles }: { startRoles?: StartRoles } = {}): Promise<Run> {
  const argv = line === '' ? [] : line.split(' ')
  const result: Run = { printed: '', ending: { code: 0, message: '' }, options: {} }
  const stop = new AbortController()
  const ready: StartRoles = async ({ log, signal, ...options }) => {
    result.options = options
    setImmediate(() => stop.abort())
    return { idpUrl: 'http://idp.localhost:1', close: async () => undefined }
  }
  const print = (text: string) => {
    result.printed += text
  }
  try {
    const program = await createProgram(argv, { print, stop: stop.signal, startRoles: startRoles ?? ready })
    await program.parseAsync(argv, { from: 'user' })
  } catch (error) {
    result.ending = endingOf(error)
  }
  return result
}

test.each<[string, Partial<RoleOptions>]>([
  ['up', {}],
  [
    'up --host 0.0.0.0 --idp-port 1 --es-port 0 --app-port 65535 --keys k --es-version 8.19',
    { host: '0.0.0.0', idpPort: 1, esPort: 0, appPort: 65_535, keysFolder: 'k', esVersion: '8.19' },
  ],
  [`up --config ${realmsYml} --config ${worldYml}`, { elasticsearchYml: realmsYml, sloopYml: worldYml }],
  [
    'up --acs http://localhost:3000/acs/ --slo http://localhost:3000/slo --entity-id urn:mine --localhost --public-url idp=https://idp.test --public-url es=https://es.test/',
    {
      ownApplication: { acs: 'http://localhost:3000/acs/', slo: 'http://localhost:3000/slo', entityId: 'urn:mine' },
      everyoneAtLocalhost: true,
      publicUrls: { idp: 'https://idp.test', es: 'https://es.test' },
    },
  ],
  ['up --partners 2 --partner-port 0', { partners: 2, partnerPort: 0 }],
  ['partner', { roles: ['partner'], partners: 1, publicUrls: {} }],
  [
    'partner --partner-port 1 --idp-url http://idp.test/metadata --public-url http://wiki.test --temper lying --keys k',
    {
      roles: ['partner'],
      partners: 1,
      partnerPort: 1,
      idpMetadataUrl: 'http://idp.test/metadata',
      publicUrls: { partner: 'http://wiki.test' },
      temper: 'lying',
      keysFolder: 'k',
    },
  ],
  ['es --localhost', { roles: ['es'], publicUrls: {}, everyoneAtLocalhost: true }],
  [
    'idp --config a.yml --idp-port 1 --public-url http://idp.test/ --sp-metadata http://sp.test/metadata --sp-metadata http://wiki.test/metadata',
    {
      roles: ['idp'],
      sloopYml: 'a.yml',
      idpPort: 1,
      publicUrls: { idp: 'http://idp.test' },
      spMetadataUrls: ['http://sp.test/metadata', 'http://wiki.test/metadata'],
    },
  ],
  [
    'es --config e.yml --es-port 1 --idp-url http://idp.test/metadata --app-url http://app.test --public-url http://es.test',
    {
      roles: ['es'],
      elasticsearchYml: 'e.yml',
      esPort: 1,
      idpMetadataUrl: 'http://idp.test/metadata',
      publicUrls: { es: 'http://es.test', app: 'http://app.test' },
    },
  ],
  [
    'app --app-port 1 --es-url http://es.test:9200 --elastic-password secret --app-profile careful --app-selector',
    {
      roles: ['app'],
      appPort: 1,
      publicUrls: {},
      esUrl: 'http://es.test:9200',
      elasticPassword: 'secret',
      appProfile: 'careful',
      appSelector: true,
    },
  ],
])('the roles get what was given and nothing else: %s', async (line, options) => {
  expect((await run(line)).options).toEqual(options)
})

test('the environment stands in for a flag', async () => {
  vi.stubEnv('SLOOP_IDP_PORT', '7')
  vi.stubEnv('ELASTIC_PASSWORD', 'secret')
  expect((await run('up')).options).toEqual({ idpPort: 7, elasticPassword: 'secret' })
})

test.each([
  ['1', { tls: 'own authority' }],
  ['true', { tls: 'own authority' }],
  ['', {}],
  ['0', {}],
  [' False', {}],
  ['no', {}],
])('a flag without a value is on unless its variable says no: SLOOP_TLS=%s', async (text, options) => {
  vi.stubEnv('SLOOP_TLS', text)
  expect((await run('up')).options).toEqual(options)
  expect((await run('up --tls')).options).toEqual({ tls: 'own authority' })
})

test('a flag wins over the environment', async () => {
  vi.stubEnv('SLOOP_IDP_PORT', '7')
  expect((await run('up --idp-port 8')).options).toEqual({ idpPort: 8 })
})

test('with --json one line is printed', async () => {
  expect((await run('up --json')).printed).toBe('{"ready":true,"idp":"http://idp.localhost:1","partners":[]}\n')
})

test.each([
  ['up --idp-prot 1', "unknown option '--idp-prot' (did you mean --idp-port?)"],
  ['reddy', "unknown command 'reddy' (did you mean ready?)"],
  ['up now', "too many arguments for 'up'. Expected 0 arguments but got 1."],
  [
    'up --idp-port 65536',
    "option '--idp-port <port>' argument '65536' is invalid. A port is a whole number from 0 to 65535.",
  ],
  [
    'up --idp-port -1',
    "option '--idp-port <port>' argument '-1' is invalid. A port is a whole number from 0 to 65535.",
  ],
  [
    'app --es-url localhost:9200',
    "option '--es-url <url>' argument 'localhost:9200' is invalid. It must begin with http:// or https://.",
  ],
  [
    'idp --public-url http://idp.test/?a=1',
    "option '--public-url <url>' argument 'http://idp.test/?a=1' is invalid. Paths are added to it, so that it can have no query and no fragment.",
  ],
  [
    'up --public-url http://idp.test',
    "option '--public-url <role=url>' argument 'http://idp.test' is invalid. It is like idp=https://idp.test.",
  ],
  [
    'up --public-url idp=http://a --public-url idp=http://b',
    "option '--public-url <role=url>' argument 'idp=http://b' is invalid. There is one for idp already.",
  ],
  ['up --slo http://localhost/slo', '--slo: describes an application of yours, and needs --acs beside it'],
  ['up --entity-id urn:a', '--entity-id: describes an application of yours, and needs --acs beside it'],
  ['ready', "required option '--url <url>' not specified"],
  [`up --config ${worldYml} --config ${worldYml}`, `--config names two files of one kind: ${worldYml} and ${worldYml}`],
  ['', 'which command? See sloop --help'],
])('a command line that cannot work is one sentence and exit code 1: %s', async (line, sentence) => {
  expect((await run(line)).ending).toEqual({ code: 1, message: `sloop: ${sentence}\n` })
})

test('what the environment says wrongly is named by its variable', async () => {
  vi.stubEnv('SLOOP_ES_PORT', 'http')
  expect((await run('up')).ending.message).toBe(
    "sloop: option '--es-port <port>' value 'http' from env 'SLOOP_ES_PORT' is invalid. A port is a whole number from 0 to 65535.\n",
  )
})

test.each([
  new ConfigError('port 9200 on 127.0.0.1 is taken'),
  new StoreUnavailable('the store at redis://localhost is full (OOM)'),
])('roles that cannot be started are one sentence and exit code 1: $message', async (error) => {
  const startRoles: StartRoles = () => Promise.reject(error)
  expect((await run('up', { startRoles })).ending).toEqual({ code: 1, message: `sloop: ${error.message}\n` })
})

test.each([
  ['sloopYml', '--config'],
  ['elasticsearchYml', '--config'],
  ['keysFolder', '--keys'],
  ['users[0].name', 'users[0].name'],
])('what is wrong with %s is told of %s', async (setting, flag) => {
  const startRoles: StartRoles = () => Promise.reject(new ConfigError(`${setting}: cannot be`))
  expect((await run('up', { startRoles })).ending).toEqual({ code: 1, message: `sloop: ${flag}: cannot be\n` })
})

// cases/robustness T2
test('what a peer or a file name puts into a sentence cannot break it or turn it round', async () => {
  const startRoles: StartRoles = () => Promise.reject(new ConfigError('the endpoint [http://a/\u202e] in a\nb.yml'))
  expect((await run('up', { startRoles })).ending.message).toBe(
    'sloop: the endpoint [http://a/\\u202e] in a\\u000ab.yml\n',
  )
  expect((await run('\u202e')).ending.message).toBe("sloop: unknown command '\\u202e'\n")
})

test('a mistake of ours comes with its stack', async () => {
  const startRoles: StartRoles = () => Promise.reject(new TypeError('no realm'))
  expect((await run('up', { startRoles })).ending.message).toMatch(
    /^sloop: this is a mistake in sloop, please report it: TypeError: no realm\n {4}at /,
  )
})

test.each(['up', 'idp', 'es', 'app', 'ready'])('help tells the flags of %s and ends well', async (name) => {
  const { printed, ending } = await run(`${name} --help`)
  expect(printed).toMatch(
    new RegExp(`^Usage: sloop ${name} \\[options\\]${name === 'up' ? ' \\[-- command\\.\\.\\.\\]' : ''}\n`),
  )
  expect(printed).toContain(name === 'ready' ? '--timeout <seconds>' : '--json')
  expect(ending).toEqual({ code: 0, message: '' })
})

test.each(['--version', '-V'])('%s prints the version of the package and ends well', async (line) => {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
  expect(await run(line)).toMatchObject({ printed: `${version}\n`, ending: { code: 0, message: '' } })
})

test('the general help lists every command', async () => {
  expect((await run('--help')).printed.match(/^ {2}(up|idp|es|app|ready)\b/gm)).toHaveLength(5)
})
