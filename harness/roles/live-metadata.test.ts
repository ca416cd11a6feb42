import { expect, test } from 'vitest'
import { signingKeysOf } from '#saml/metadata/role'
import { createFaults } from '#server/faults'
import { createJournal } from '#server/journal/journal'
import { silentLog } from '#server/logging'
import { listen } from '#server/serve'
import { createIdp, type Idp } from '../../idp/index.ts'
import { createClocks } from '../clocks/clocks.ts'
import { openKeys } from '../keys/keys.ts'
import { loadWorld } from '../world/load-world.ts'
import { createClosing } from './closing.ts'
import { makeNodeSetup } from './node-setup.ts'
import { runIdp } from './run-idp.ts'
import { runPartners } from './run-partner.ts'

const running = () => {
  const parties = {
    apps: new Map(),
    partners: new Map(),
    missing: new Map(),
    places: [],
    clocks: createClocks([]),
    faults: createFaults(),
    journal: createJournal(),
    log: silentLog,
  }
  return { closing: createClosing(), parties }
}

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
  const start = { options, world, opening, keys, tls: undefined, log: silentLog, ...running() }
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

test('a partner hears at once of a new key of the IdP in its process', async () => {
  const options = { world: { applications: [], partners: [{ name: 'wiki' }] } }
  const keys = openKeys({ log: silentLog })
  await using listener = await listening()
  const [idpUrl, wikiUrl] = ['http://idp.localhost', listener.origin('127.0.0.1')]
  await using ofIdp = await listening()
  const idp = runIdp(ofIdp, { baseUrl: idpUrl, credential: await keys('idp') })
  const urls = { idp: idpUrl, es: '', apps: new Map(), partners: new Map([['wiki', wikiUrl]]) }
  const partners = new Map([['wiki', listener]])
  const opening = { idp: listener, es: listener, apps: new Map(), partners, urls, close: async () => undefined }
  const world = await loadWorld(options)
  await runPartners({ options, world, opening, keys, tls: undefined, log: silentLog, ...running() }, idp)
  const logIn = async () => {
    const form = await loginForm(idp.idp, { user: 'alice', sp: wikiUrl })
    return (await fetch(`${wikiUrl}/saml/acs`, { method: 'POST', body: form, redirect: 'manual' })).status
  }
  expect(await logIn()).toBe(303)
  await idp.idp.rotateKey({ publish: 'newOnly' })
  expect(await logIn()).toBe(303)
})

/** What a login from the portal sends to a service provider. */
async function loginForm({ fetch: ask }: Idp, { user, sp }: { user: string; sp: string }): Promise<URLSearchParams> {
  const send = (path: string, init: RequestInit) => ask(new Request(new URL(path, 'http://idp.localhost'), init))
  const post = (fields: Record<string, string>, headers = {}) => {
    return { method: 'POST', body: new URLSearchParams(fields), headers }
  }
  const signedIn = await send('/sign-in', post({ user }))
  const [cookie = ''] = signedIn.headers.getSetCookie().map((each) => each.split(';')[0] ?? '')
  const started = await send('/sso/start', post({ sp }, { cookie }))
  const page = await send(started.headers.get('location') ?? '', { headers: { cookie } })
  const [, value = ''] = /name="SAMLResponse" value="([^"]+)"/.exec(await page.text()) ?? []
  return new URLSearchParams({ SAMLResponse: value })
}

async function listening() {
  const listener = await listen({ host: '127.0.0.1', port: 0, closeGraceMs: 0 })
  return Object.assign(listener, { [Symbol.asyncDispose]: () => listener.close() })
}
