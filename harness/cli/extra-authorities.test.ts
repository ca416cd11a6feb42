import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { generateCredential } from '#saml/credentials'
import { writeSpMetadata } from '#saml/metadata/sp-metadata'
import { systemClock } from '#server/clock'
import { listen } from '#server/serve'
import { makeSp } from '../world/sp.test-support.ts'
import { extraAuthorities } from './extra-authorities.ts'
import { anyPorts, cacheFolder, exitCode, firstLine, spawnSloop, startCommand } from './sloop-process.test-support.ts'

/** A server of somebody else behind https, and the file with the authority that vouches for it. */
async function foreignServer(answer: () => Response) {
  const now = systemClock.now()
  const issuer = await generateCredential('their authority', now, { use: 'authority' })
  const { privateKeyPem, certificatePem } = await generateCredential('theirs', now, { use: ['localhost'], issuer })
  const server = await listen({ host: '127.0.0.1', port: 0, tls: { key: privateKeyPem, cert: certificatePem } })
  onTestFinished(() => server.close())
  server.mount(answer)
  const folder = cacheFolder()
  const file = join(folder, 'their-ca.crt')
  writeFileSync(file, issuer.certificatePem)
  return { url: server.origin('localhost'), folder, file, authority: issuer.certificatePem }
}

/** `npm start` behind https, where Node is told of the authorities in this file. */
const startTrusting = (file: string, args: readonly string[]) =>
  spawnSloop('env', [`NODE_EXTRA_CA_CERTS=${file}`, ...startCommand, '--tls', ...anyPorts, '--json', ...args])

test('behind https of our own, metadata is fetched from whom NODE_EXTRA_CA_CERTS vouches for', async () => {
  const { metadata } = await makeSp('theirs')
  const { url, folder, file } = await foreignServer(() => new Response(writeSpMetadata(metadata)))
  const world = join(folder, 'sloop.yml')
  writeFileSync(world, `serviceProviders:\n  - metadata: ${url}/metadata\n`)
  const child = startTrusting(file, ['--config', world])
  expect(JSON.parse(await firstLine(child.stdout))).toMatchObject({
    ready: true,
    idp: expect.stringMatching(/^https:/),
  })
}, 30_000)

test('sloop ready trusts them beside the authority of this user', async () => {
  const { url, file } = await foreignServer(() => new Response())
  const main = fileURLToPath(new URL('../../dist/harness/cli/main.js', import.meta.url))
  const ready = [process.execPath, main, 'ready', '--url', url, '--timeout', '0']
  expect(await exitCode(startTrusting(file, ['--', ...ready]))).toBe(0)
}, 30_000)

test('what Node passes over is passed over: no file, and one that is not there', async () => {
  const { file, folder, authority } = await foreignServer(() => new Response())
  expect(extraAuthorities({ NODE_EXTRA_CA_CERTS: file })).toBe(authority)
  for (const path of [undefined, '', folder, join(folder, 'gone')]) {
    expect(extraAuthorities({ NODE_EXTRA_CA_CERTS: path })).toBeUndefined()
  }
})
