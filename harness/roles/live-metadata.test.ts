import { expect, test } from 'vitest'
import { signingKeysOf } from '#saml/metadata/role'
import { silentLog } from '#server/logging'
import { listen } from '#server/serve'
import { createIdp } from '../../idp/index.ts'
import { openKeys } from '../keys/keys.ts'
import { loadWorld } from '../world/load-world.ts'
import { createClosing } from './closing.ts'
import { makeNodeSetup } from './node-setup.ts'

test('a realm hears at once of a new key of the IdP in its process, unless it is stale', async () => {
  const acs = 'http://localhost:3000/acs'
  const realms = [
    { name: 'one', entityId: 'urn:one', acs },
    { name: 'two', entityId: 'urn:two', acs, idpMetadata: 'live' },
    { name: 'three', entityId: 'urn:three', acs, idpMetadata: 'stale' },
  ]
  const options = { world: { realms } }
  const keys = openKeys({ log: silentLog })
  const idp = createIdp({ baseUrl: 'http://idp.localhost', credential: await keys('idp') })
  await using listener = await listening()
  const none = new Map<string, never>()
  const urls = { idp: 'http://idp.localhost', es: '', apps: none, partners: none }
  const opening = { idp: listener, es: listener, apps: none, partners: none, urls, close: async () => undefined }
  const world = await loadWorld(options)
  const start = { options, world, opening, keys, tls: undefined, log: silentLog, closing: createClosing() }
  const setup = await makeNodeSetup(start, { listener, idp })
  const known = () =>
    setup.realms.map(({ idpMetadata }, index) => {
      return [
        realms[index]?.name,
        ...signingKeysOf(idpMetadata.current()).map(({ certificate }) => certificate.toString()),
      ]
    })
  const old = (await keys('idp')).certificate.toString()
  expect(known()).toEqual([
    ['one', old],
    ['two', old],
    ['three', old],
  ])
  const made = await idp.rotateKey({ publish: 'newOnly' })
  expect(known()).toEqual([
    ['one', made],
    ['two', made],
    ['three', old],
  ])
})

async function listening() {
  const listener = await listen({ host: '127.0.0.1', port: 0, closeGraceMs: 0 })
  return Object.assign(listener, { [Symbol.asyncDispose]: () => listener.close() })
}
