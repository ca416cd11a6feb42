import { expect, test } from 'vitest'
import { type FormFields, idpOrigin, type TestSp } from '../sp.test-support.ts'
import { openRun, refusedIn, whoIsSignedIn } from '../world.test-support.ts'
import { ids } from './logout-request.test-support.ts'
import { askedIn, makePostScene, type PostScene } from './post-scene.test-support.ts'

type Refused = [name: string, make: (scene: PostScene) => Promise<FormFields>, code: string, says: string]

const changed = (fields: FormFields, change: (document: string) => string): FormFields => {
  const document = Buffer.from(fields['SAMLRequest'] ?? '', 'base64').toString()
  return { SAMLRequest: Buffer.from(change(document)).toString('base64') }
}

const refused: Refused[] = [
  [
    'without signature (T01, C004)',
    ({ orders, request }) => orders.form(request(), { signWith: 'nobody' }),
    'SAML_UNSIGNED',
    'the message _ID of https://orders.test is not signed (tolerate: [unsigned] would let it pass)',
  ],
  [
    'signed by a stranger, whose certificate it brings along (T04)',
    ({ orders, stranger, request }) => orders.form(request(), { signWith: stranger.credential }),
    'SAML_SIGNATURE',
    'the signature of LogoutRequest _ID does not verify with any of 1 trusted keys',
  ],
  [
    'changed under the signature',
    async ({ orders, request }) =>
      changed(await orders.form(request()), (xml) => xml.replace(/(<saml2:NameID[^>]*>)/, '$1x')),
    'SAML_SIGNATURE',
    'the signature of LogoutRequest _ID does not verify with any of 1 trusted keys',
  ],
  [
    'for another receiver (T19)',
    ({ orders, request }) => orders.form(request({ destination: `${idpOrigin}/sso` })),
    'SAML_DESTINATION',
    `LogoutRequest _ID is for ${idpOrigin}/sso, this is ${idpOrigin}/slo`,
  ],
  [
    'for nobody (T20)',
    ({ orders, request }) => orders.form(request({ destination: undefined })),
    'SAML_DESTINATION',
    `LogoutRequest _ID is for nobody, this is ${idpOrigin}/slo (tolerate: [noDestination] would let it pass)`,
  ],
  [
    'beside a response',
    async ({ orders, request }) => ({ ...(await orders.form(request())), SAMLResponse: 'eA==' }),
    'SAML_QUERY_AMBIGUOUS',
    'the form has both a SAMLRequest and a SAMLResponse',
  ],
  ['that is none', async () => ({ RelayState: 'r' }), 'SAML_MESSAGE_MISSING', 'the form has no SAMLRequest'],
  [
    'that is another message',
    ({ orders }) => orders.form(orders.authnRequest({ destination: `${idpOrigin}/slo` })),
    'SAML_ROOT',
    'the message is a AuthnRequest, expected a LogoutRequest',
  ],
  [
    'of a service provider that nobody knows (T21)',
    ({ stranger, request }) => stranger.form(request({ issuer: stranger.entityId })),
    'SAML_ISSUER',
    'the LogoutRequest comes from https://stranger.test, which is no known service provider',
  ],
]

test.each(refused)(
  'a LogoutRequest in a form %s is refused on a page, and the session lives',
  async (_case, make, code, says) => {
    const scene = await makePostScene()
    const page = await scene.post(await make(scene))
    expect([page.status, page.location]).toEqual([400, ''])
    expect(ids(page.text)).toContain(says)
    expect(page.text).toContain(code)
    expect(await whoIsSignedIn(scene.browser)).toBe('alice')
    expect(refusedIn(scene)).toMatchObject([{ binding: 'post', refusal: { code } }])
  },
)

test.each<[string, (orders: TestSp, scene: PostScene) => Parameters<TestSp['form']>[1], string]>([
  ['without signature', () => ({ signWith: 'nobody' }), 'is not signed'],
  ['signed by a stranger', (_orders, { stranger }) => ({ signWith: stranger.credential }), 'does not verify'],
])('a LogoutResponse in a form %s fails the leg that it answers', async (_case, how, says) => {
  const scene = await makePostScene()
  const { logOut, post, orders, key } = scene
  const answer = orders.answerTo(askedIn(await logOut(), key))
  const page = await post(await orders.form(answer, how(orders, scene)))
  expect([page.status, page.text]).toEqual([
    200,
    expect.stringMatching(/Partial logout: 1 of 1 .* orders its answer was refused: /),
  ])
  expect(page.text).toContain(says)
})

test('a LogoutResponse in a form that cannot be read changes nothing, and the portal leads on', async () => {
  const { browser, logOut, post, orders, key } = await makePostScene()
  const asked = askedIn(await logOut(), key)
  expect((await post({ SAMLResponse: '####' })).status).toBe(400)
  expect((await openRun(browser)).text).toContain('orders asked, no answer yet')
  expect((await post(await orders.form(orders.answerTo(asked)))).text).toContain('Every service provider confirmed')
})
