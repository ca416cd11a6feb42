import { expect, onTestFinished, test } from 'vitest'
import { createFaults, type WantedFault } from '#server/faults'
import { whyNoPartnerChange } from './index.ts'
import { byRedirect, idpEntityId, makePartnerWorld, readSent, requestXml } from './partner.test-support.ts'

/** A partner with these faults in turn, and whoever is signed in there. */
async function makeScene(...given: readonly Partial<WantedFault>[]) {
  const faults = createFaults(
    given.map((each) => ({ party: 'wiki', on: 'LogoutResponse', times: 1, change: {}, ...each })),
  )
  onTestFinished(faults.close)
  const world = await makePartnerWorld({ faults: faults.of('wiki') })
  const browser = await world.signIn()
  const answer = async () => world.open(await byRedirect(requestXml(), { relayState: 'back' }), browser)
  const own = { ...browser, origin: 'https://wiki.test' }
  return { ...world, faults, browser, answer, logOut: () => world.post('/logout', {}, own) }
}

const right = { to: 'https://idp.test/slo/done', inResponseTo: '_request', status: ['Success'], relayState: 'back' }

test.each<[WantedFault['change'], object]>([
  [{ signature: 'none' }, { ...right, signedBy: 'nobody' }],
  [{ key: 'foreign' }, { ...right, signedBy: 'stranger' }],
  [{ relayState: 'none' }, { ...right, relayState: null, signedBy: 'wiki' }],
  [{ relayState: { value: 'else/where' } }, { ...right, relayState: 'else/where', signedBy: 'wiki' }],
  [{ inResponseTo: { value: '_a&"b' } }, { ...right, inResponseTo: '_a&amp;&quot;b', signedBy: 'wiki' }],
  [{ status: ['Success', 'PartialLogout'] }, { ...right, status: ['Success', 'PartialLogout'], signedBy: 'wiki' }],
])('a LogoutResponse of a partner is wrong as %j says, once', async (change, expected) => {
  const { answer, faults } = await makeScene({ to: 'urn:else' }, { to: idpEntityId, change })
  expect(await readSent((await answer()).location)).toMatchObject(expected)
  expect(await readSent((await answer()).location)).toMatchObject({ relayState: 'back', signedBy: 'wiki' })
  expect((await faults.list()).map(({ fired }) => fired)).toEqual([0, 1])
})

test.each<[WantedFault['change'], RegExp]>([
  [{ signature: 'partial' }, /&SigAlg=[^&]+$/],
  [{ signature: 'tampered' }, /&SigAlg=[^&]+&Signature=[^&]+$/],
])('a signature of a partner is wrong as %j says', async (change, form) => {
  const { answer } = await makeScene({ change })
  const { location } = await answer()
  expect(location).toMatch(form)
  const { signedBy } = await readSent(location)
  expect(signedBy).not.toBe('wiki')
})

test.each<[WantedFault['on'], WantedFault['change'], string, string | undefined]>([
  ['AuthnRequest', { issuer: { value: 'urn:wrong' } }, '>urn:wrong</saml:Issuer>', undefined],
  ['AuthnRequest', { destination: 'none' }, 'AuthnRequest', 'Destination='],
  ['LogoutRequest', { issuer: 'none' }, 'LogoutRequest', '<saml:Issuer'],
  ['LogoutRequest', { destination: { value: 'urn:wrong' } }, 'Destination="urn:wrong"', undefined],
])('a %s of a partner is wrong as %j says', async (on, change, has, hasNot) => {
  const { open, logOut } = await makeScene({ on, change })
  const { location } = on === 'AuthnRequest' ? await open('/login') : await logOut()
  const { document } = await readSent(location)
  expect(document).toContain(has)
  if (hasNot !== undefined) expect(document).not.toContain(hasNot)
})

test.each<[WantedFault['change'], RegExp]>([
  [{ sessionIndex: 'none' }, /^(?!.*SessionIndex)/s],
  [{ sessionIndex: 'wrong' }, /SessionIndex [^>]*>_wrong</],
  [{ nameId: { nameQualifier: 'omit' } }, /^(?!.* NameQualifier=)/s],
  [{ nameId: { spNameQualifier: { value: 'urn:a&b' } } }, / SPNameQualifier="urn:a&amp;b"/],
  [{ nameId: { value: { value: 'bob' }, format: { value: 'urn:f' } } }, /Format="urn:f"[^>]*>bob</],
])('a LogoutRequest of a partner names whom %j says, and the next one whom it should', async (change, form) => {
  const { logOut, faults } = await makeScene({ on: 'LogoutRequest', change })
  const { document, signedBy } = await readSent((await logOut()).location)
  expect(document).toMatch(form)
  expect(signedBy).toBe('wiki')
  expect(await faults.list()).toMatchObject([{ fired: 1 }])
})

test.each([
  ['rsa-sha1', 'xmldsig#rsa-sha1'],
  ['rsa-sha512', 'xmldsig-more#rsa-sha512'],
])('a LogoutRequest of a partner is signed by %s', async (algorithm, uri) => {
  const { logOut } = await makeScene({ on: 'LogoutRequest', change: { algorithm } })
  expect(new URL((await logOut()).location).searchParams.get('SigAlg')).toContain(uri)
})

test.each<[WantedFault['on'], WantedFault['change'], string, string]>([
  ['LogoutRequest', { nameId: { value: 'omit' } }, 'nameId', 'a partner cannot be made to do this, expected {'],
  ['LogoutRequest', { nameId: 'none' }, 'nameId', 'a partner cannot be made to do this, expected {'],
  ['LogoutRequest', { sessionIndex: 'empty' }, 'sessionIndex', 'expected none or wrong'],
  [
    'LogoutResponse',
    { sessionIndex: 'none' },
    'sessionIndex',
    'LogoutResponse names nobody so, expected LogoutRequest',
  ],
  ['LogoutRequest', { algorithm: 'rsa-sha384' }, 'algorithm', 'expected rsa-sha1 or rsa-sha256 or rsa-sha512'],
])('what the library of a partner does not write is told: %s %j', (on, change, key, why) => {
  expect(whyNoPartnerChange(on, change)).toEqual({ key, why: expect.stringContaining(why) })
})

test.each<[WantedFault['on'], string, number, string]>([
  ['LogoutResponse', 'never', 200, 'This partner wrote a message and did not send it: a fault is armed.'],
  ['LogoutRequest', 'status500', 500, 'This partner fails on purpose: a fault is armed.'],
  ['AuthnRequest', 'reset', 502, 'the connection is reset'],
])('in place of a %s of a partner the browser gets what %s says', async (on, delivery, status, text) => {
  const { open, answer, logOut, faults } = await makeScene({ on, change: { delivery } })
  const send = { LogoutResponse: answer, LogoutRequest: logOut, AuthnRequest: () => open('/login') }[on]
  const page = await send?.()
  expect([page?.status, page?.location]).toEqual([status, ''])
  expect(page?.text).toContain(text)
  expect(await faults.list()).toMatchObject([{ fired: 1 }])
})

test('the signature of a partner that signs nothing cannot be tampered with: the fault is unused', async () => {
  const { partner, answer, faults } = await makeScene({ change: { signature: 'tampered' } })
  partner.temper.set('unsigned')
  expect(await readSent((await answer()).location)).toMatchObject({ ...right, signedBy: 'nobody' })
  expect(await faults.list()).toMatchObject([{ fired: 0, notMade: [{ key: 'signature', why: 'it is not signed' }] }])
})
