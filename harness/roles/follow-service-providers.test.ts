import { expect, onTestFinished, test } from 'vitest'
import { type SpMetadata, writeSpMetadata } from '#saml/metadata/sp-metadata'
import { settableClock } from '#server/clock'
import { pausesByHand } from '#server/pauses.test-support'
import { listen } from '#server/serve'
import { createIdp } from '../../idp/index.ts'
import { makeSp, noon } from '../world/sp.test-support.ts'
import { followServiceProviders, freshForMs } from './follow-service-providers.ts'
import { createReadiness } from './readiness.ts'

const [one, two] = await Promise.all([makeSp('one'), makeSp('two')])
const entityOf = (metadata: SpMetadata) => writeSpMetadata(metadata).replace(/^<\?xml[^>]*>/, '')
const groupOf = (...members: SpMetadata[]) =>
  `<md:EntitiesDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" cacheDuration="PT5M">${members.map(entityOf).join('')}</md:EntitiesDescriptor>`

/** An IdP that follows an address at which these documents are found, one after the other. */
async function makeScene(...documents: (string | undefined)[]) {
  const listener = await listen({ host: '127.0.0.1', port: 0, closeGraceMs: 0 })
  onTestFinished(() => listener.close())
  const asked: string[] = []
  listener.mount(async (request) => {
    asked.push(new URL(request.url).pathname)
    const document = documents.shift()
    return new Response(document ?? '', { status: document === undefined ? 503 : 200 })
  })
  const log: unknown[] = []
  const warn = (facts: object, message: string) => log.push({ ...facts, message })
  const clock = settableClock(noon)
  const idp = createIdp({ baseUrl: 'http://idp.localhost', credential: one.credential, clock })
  const portal = async () => (await idp.fetch(new Request('http://idp.localhost/'))).text()
  const known = async () => [...(await portal()).matchAll(/Open (\S+?)</g)].map(([, name]) => name)
  const { pause, next } = pausesByHand()
  const stopped = new AbortController()
  onTestFinished(() => stopped.abort())
  const url = `${listener.origin('127.0.0.1')}/metadata`
  const role = { idp, trust: () => undefined, readiness: createReadiness('nobody is known') }
  const given = { log: { info: warn, warn, error: warn }, signal: stopped.signal, clock, pause }
  const settled = followServiceProviders(role, { url }, given)
  return { url, known, next, log, asked, stopped, settled }
}

test('metadata behind an address is fetched again when its cacheDuration is over: who is new is trusted, who has gone is not', async () => {
  const { known, next, settled } = await makeScene(groupOf(one.metadata), groupOf(two.metadata))
  await settled
  expect(await known()).toEqual(['one.test'])
  const { ms, end } = await next()
  expect(ms).toBe(300_000)
  end()
  await next()
  expect(await known()).toEqual(['two.test'])
})

test.each([
  ['cannot be had', undefined, /^\[http:\/\/127.0.0.1:\d+\/metadata\] answers 503, expected a document$/],
  ['is none', '<x xmlns="urn:x"/>', /^the document is a \{urn:x\}x, expected SAML metadata$/],
  [
    'has expired',
    groupOf(two.metadata).replace('cacheDuration', 'validUntil="2020-01-01T00:00:00Z" cacheDuration'),
    /^\[https:\/\/two.test\] cannot be trusted: its metadata was valid until 2020-01-01T00:00:00.000Z$/,
  ],
])('a refresh that %s changes nothing, is a warning and is tried again sooner', async (_case, bad, failure) => {
  const { url, known, next, log, settled } = await makeScene(groupOf(one.metadata), bad, groupOf(two.metadata))
  await settled
  ;(await next()).end()
  const again = await next()
  expect([again.ms, await known()]).toEqual([60_000, ['one.test']])
  expect(log).toEqual([
    expect.objectContaining({
      failure: expect.stringMatching(failure),
      message: `refreshing the metadata of the service provider from ${url} failed, what is there stays in use`,
    }),
  ])
  again.end()
  expect([(await next()).ms, await known()]).toEqual([300_000, ['two.test']])
})

test('nobody is asked any more once it is given up', async () => {
  const { next, asked, stopped, settled } = await makeScene(groupOf(one.metadata))
  await settled
  const { end } = await next()
  stopped.abort()
  end()
  await new Promise(setImmediate)
  expect(asked).toEqual(['/metadata'])
})

const hour = 3_600_000
test.each([
  ['an hour where nothing is said', {}, hour],
  ['as long as it says', { cacheMs: 300_000 }, 300_000],
  ['never longer than an hour', { cacheMs: 24 * hour }, hour],
  ['never shorter than ten seconds', { cacheMs: 1 }, 10_000],
  ['until it ends', { cacheMs: hour, validUntil: noon + 60_000 }, 60_000],
  ['ten seconds when it has ended', { validUntil: noon - 1 }, 10_000],
])('metadata is good for %s', (_case, terms, ms) => {
  expect(freshForMs([{ metadata: { ...one.metadata, ...terms } }, { metadata: two.metadata }], noon)).toBe(ms)
})

test('where nobody is described it is asked for again in an hour', () => {
  expect(freshForMs([], noon)).toBe(hour)
})
