import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import { listen } from '#server/serve'
import { anyPorts, cacheFolder, exitCode, firstLine, npmStart } from './sloop-process.test-support.ts'

test('once ready it prints one line, and its roles can be reached where that line says', async () => {
  const world = JSON.parse(await firstLine(npmStart([...anyPorts, '--json']).stdout))
  expect(world).toEqual({
    ready: true,
    idp: expect.stringMatching(/^http:\/\/idp\.localhost:\d+$/),
    es: expect.stringMatching(/^http:\/\/localhost:\d+$/),
    app: expect.stringMatching(/^http:\/\/app\.localhost:\d+$/),
    partners: [expect.stringMatching(/^http:\/\/partner\.localhost:\d+$/)],
  })
  expect((await fetch(`${world.es}/_sloop/ready`)).status).toBe(200)
}, 30_000)

test('beside an application of your own npm start runs no partner', async () => {
  const acs = ['--acs', 'http://localhost:3000/acs']
  const world = JSON.parse(await firstLine(npmStart([...acs, ...anyPorts, '--json']).stdout))
  expect([world.app, world.partners]).toEqual([undefined, []])
}, 30_000)

test('a taken port is one sentence on standard error and exit code 1', async () => {
  const taken = await listen({ host: '127.0.0.1', port: 0 })
  onTestFinished(() => taken.close())
  const child = npmStart([
    '--idp-port',
    String(taken.port),
    '--es-port',
    '0',
    '--app-port',
    '0',
    '--partner-port',
    '0',
    '--json',
  ])
  const [code, stdout, stderr] = await Promise.all([exitCode(child), text(child.stdout), text(child.stderr)])
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  expect(stderr.split('\n').filter((line) => line.startsWith('sloop: port'))).toEqual([
    `sloop: port ${taken.port} on 127.0.0.1 is taken by another program; stop that one or choose another port (0 picks a free one)`,
  ])
  expect(stderr).not.toContain('    at ')
}, 30_000)

test('a folder for keys that nobody can make is one sentence at once and exit code 1', async () => {
  const child = npmStart(['--keys', '/proc/x', ...anyPorts])
  const [code, stderr] = await Promise.all([exitCode(child), text(child.stderr)])
  expect(code).toBe(1)
  expect(stderr).toMatch(/^sloop: --keys: cannot make \/proc\S*: [^\n]+, expected a folder to keep keys in$/m)
}, 30_000)

// What the sources call for nothing but its exceptions is left out where the program is built.
test('a password for the store that cannot be decoded is one sentence at once and exit code 1', async () => {
  const child = npmStart(['--store', 'redis://:s3%ZZ@localhost:1', ...anyPorts])
  const [code, stderr] = await Promise.all([exitCode(child), text(child.stderr)])
  expect(code).toBe(1)
  expect(stderr).toBe(
    'sloop: --store: the user or password for [redis://localhost:1] has a % that begins no octet: write it as %25\n',
  )
}, 30_000)

test("keys are kept in the cache of the user, so that a restart breaks nobody's trust", async () => {
  const cache = cacheFolder()
  const metadata = async () => {
    const child = npmStart([...anyPorts, '--json'], 'pipe', cache)
    const { es } = JSON.parse(await firstLine(child.stdout))
    const certificate = /<ds:X509Certificate>[^<]*/
    const answer = await fetch(`${es}/_security/saml/metadata/saml1`, {
      headers: { authorization: `Basic ${btoa('elastic:changeme')}` },
    })
    const ended = exitCode(child)
    child.kill('SIGTERM')
    await ended
    return certificate.exec(((await answer.json()) as { metadata: string }).metadata)?.[0]
  }
  const first = await metadata()
  expect(first).toMatch(/^<ds:X509Certificate>MII/)
  expect(await metadata()).toBe(first)
  expect(readdirSync(join(cache, 'sloop', 'keys-v1')).sort()).toEqual(['idp.pem', 'partner-partner.pem', 'sp.pem'])
}, 30_000)
