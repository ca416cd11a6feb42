import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { startRoles } from './roles.ts'

/** A port at which every connection is cut off; `asked` resolves with the first. */
async function deadAddress() {
  let attempts = 0
  let ask: () => void = () => undefined
  const asked = new Promise<void>((resolve) => {
    ask = resolve
  })
  const server = createServer((socket) => {
    attempts += 1
    socket.destroy()
    ask()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('the server has no port')
  return { url: `https://127.0.0.1:${address.port}/metadata`, asked, attempts: () => attempts }
}

function elasticsearchYml(metadata: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'sloop-given-up-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'elasticsearch.yml')
  const settings = {
    order: 1,
    'idp.metadata.path': metadata,
    'idp.entity_id': 'https://idp.test/',
    'sp.entity_id': 'https://sp.test/',
    'sp.acs': 'https://sp.test/acs',
    'attributes.principal': 'nameid',
  }
  writeFileSync(path, JSON.stringify({ 'xpack.security.authc.realms.saml.saml1': settings }))
  return path
}

// cases/sabotage XH2: the roles are there only once all attempts to load metadata have ended, so this start would never be over.
test('a start that is given up asks no more for the metadata behind https', async () => {
  const idp = await deadAddress()
  const givingUp = new AbortController()
  const yml = elasticsearchYml(idp.url)
  const starting = startRoles({ roles: ['es'], esPort: 0, elasticsearchYml: yml, signal: givingUp.signal })
  await idp.asked
  givingUp.abort()
  await (await starting).close()
  expect(idp.attempts()).toBe(1)
})
