import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { logIn, makeWorld, refusedIn, whoIsSignedIn } from '../world.test-support.ts'
import { documentOf, message, requestOf, type Scene, slo } from './logout-request.test-support.ts'

/** Messages that no reader understands. */

async function makeScene(): Promise<Scene> {
  const world = await makeWorld()
  const login = await logIn(world.browser, world.orders)
  world.log.length = 0
  return { ...world, login }
}

const broken = (base64: string) => base64.replace(/(.{76})/g, '$1\r\n')
const padBits = (base64: string) =>
  base64.replace(
    /([A-Za-z0-9+/])(=*)$/,
    (_all, digit: string, pad: string) => `${pad === '' ? digit : next(digit)}${pad}`,
  )
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const next = (digit: string) => alphabet[alphabet.indexOf(digit) + 1] ?? ''

type Unreadable = readonly [name: string, write: (document: string) => string, code: string]

/** What stands in the query where base64 of the deflated document should. */
const inQueries: readonly Unreadable[] = [
  ['T47 zlib around the stream', (document) => deflateSync(document).toString('base64'), 'SAML_DEFLATE'],
  ['T47 gzip around the stream', (document) => gzipSync(document).toString('base64'), 'SAML_DEFLATE'],
  ['T48 a second stream', (document) => twoStreams(document), 'SAML_DEFLATE'],
  ['T49 the alphabet of URLs', (document) => urlSafe(deflateRawSync(document).toString('base64')), 'SAML_BASE64'],
  ['T49 too much padding', (document) => `${unpadded(deflateRawSync(document))}====`, 'SAML_BASE64'],
  ['T49 no padding', (document) => unpadded(deflateRawSync(padded(document))), 'SAML_BASE64'],
  ['T49 junk inside', (document) => junk(deflateRawSync(document).toString('base64')), 'SAML_BASE64'],
  ['T49 line breaks', (document) => broken(deflateRawSync(document).toString('base64')), 'SAML_BASE64'],
  ['T49 stray bits in the last digit', (document) => padBits(withPadding(document)), 'SAML_BASE64'],
  ['T49 nothing', () => '', 'SAML_DEFLATE'],
]

const twoStreams = (document: string) =>
  Buffer.concat([deflateRawSync(document), deflateRawSync(document)]).toString('base64')
const urlSafe = (base64: string) => `${base64.slice(0, 8)}-_${base64.slice(10)}`
const junk = (base64: string) => `${base64.slice(0, 8)}*${base64.slice(8)}`
const unpadded = (octets: Buffer) => octets.toString('base64').replaceAll('=', '')

/** The document with blanks behind it, until its base64 needs padding. */
function padded(document: string): string {
  return deflateRawSync(document).toString('base64').endsWith('=') ? document : padded(`${document} `)
}
const withPadding = (document: string) => deflateRawSync(padded(document)).toString('base64')

test.each(inQueries)('%s: a query that cannot be read is refused and ends nothing', async (_name, write, code) => {
  const scene = await makeScene()
  const page = await scene.browser.open(`${slo}?SAMLRequest=${encodeURIComponent(write(documentOf(scene)))}`)
  expect([page.status, page.location, page.text]).toEqual([400, '', expect.stringContaining(`Code ${code}`)])
  expect(scene.log.map(({ level, facts }) => [level, facts['code']])).toEqual([['warn', code]])
  expect(refusedIn(scene)).toMatchObject([{ what: 'LogoutRequest', refusal: { code }, wire: { method: 'GET' } }])
  expect(await whoIsSignedIn(scene.browser)).toBe('alice')
})

const inForms: readonly Unreadable[] = [
  ['T49 the alphabet of URLs', (base64) => urlSafe(base64), 'SAML_BASE64'],
  ['T49 too much padding', (base64) => `${base64}====`, 'SAML_BASE64'],
  ['T49 junk inside', (base64) => junk(base64), 'SAML_BASE64'],
  ['T49 a blank inside', (base64) => `${base64.slice(0, 8)} ${base64.slice(8)}`, 'SAML_BASE64'],
  ['T49 nothing', () => '', 'SAML_MESSAGE_MISSING'],
  [
    'T48 a document that was deflated',
    (base64) => deflateRawSync(Buffer.from(base64, 'base64')).toString('base64'),
    'SAML_',
  ],
]

test.each(inForms)('%s: a form that cannot be read is refused and ends nothing', async (_name, write, code) => {
  const scene = await makeScene()
  const { SAMLRequest = '' } = await scene.orders.form(requestOf(scene))
  const page = await scene.browser.post('/slo', { SAMLRequest: write(SAMLRequest) })
  expect([page.status, page.location, page.text]).toEqual([400, '', expect.stringContaining(`Code ${code}`)])
  expect(refusedIn(scene)).toMatchObject([{ what: 'LogoutRequest', wire: { method: 'POST' } }])
  expect(await whoIsSignedIn(scene.browser)).toBe('alice')
})

test.each([
  ['CR and LF', '\r\n'],
  ['LF', '\n'],
])('T49, C076 a form may break its base64 into lines with %s', async (_name, end) => {
  const scene = await makeScene()
  const { SAMLRequest = '' } = await scene.orders.form(requestOf(scene))
  const written = SAMLRequest.replace(/(.{76})/g, `$1${end}`)
  expect(written).toContain(end)
  await scene.browser.post('/slo', { SAMLRequest: written })
  expect(await whoIsSignedIn(scene.browser)).toBeUndefined()
})

test('C073 a form may have other fields, which say nothing', async () => {
  const scene = await makeScene()
  const form = await scene.orders.form(requestOf(scene), { relayState: 'r' })
  const page = await scene.browser.post('/slo', { ...form, utf8: '✓', SAMLRequestX: message('x') })
  expect(page.location).toContain('RelayState=r&')
  expect(await whoIsSignedIn(scene.browser)).toBeUndefined()
})
