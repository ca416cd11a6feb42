import { expect, test } from 'vitest'
import { generateCredential } from '#saml/credentials'
import { BINDING, STATUS } from '#saml/names'
import { trustCertificate } from '#saml/signature/trusted-key'
import { settableClock } from '#server/clock'
import { createIdp } from '../create-idp.ts'
import { idpOrigin, makeSp, noon, readSentRequest } from '../sp.test-support.ts'
import { NotThere, Refused } from './state-refusal.ts'

const [credential, wiki, mail] = await Promise.all([generateCredential('idp', noon), makeSp('wiki'), makeSp('mail')])
const idpKey = trustCertificate(credential.certificate)

async function idpWithState() {
  const clock = settableClock(noon)
  const serviceProviders = [{ metadata: wiki.metadata }, { metadata: mail.metadata }]
  const idp = createIdp({ baseUrl: idpOrigin, credential, clock, serviceProviders })
  const state = await idp.state()
  const open = async (url: string) =>
    (await idp.fetch(new Request(url, { redirect: 'manual' }))).headers.get('location') ?? ''
  return { idp, state, clock, open }
}

test('an AuthnRequest of an application is judged as at /sso and answered', async () => {
  const { state } = await idpWithState()
  const request = wiki.authnRequest()
  const sent = await wiki.redirect(request, { relayState: 'there' })
  for (const authnRequest of [sent, new URL(sent).search, new URL(sent).search.slice(1)]) {
    const { form, participant } = await state.signIn({ user: 'alice', authnRequest })
    expect(form).toMatchObject({ action: wiki.acsUrl, fields: { RelayState: 'there' } })
    const response = Buffer.from(form.fields['SAMLResponse'] ?? '', 'base64').toString()
    expect(response).toContain(`InResponseTo="${request.id}"`)
    expect(participant.serviceProvider).toBe(wiki.entityId)
  }
})

test.each([
  [
    'signed by somebody else',
    async () => wiki.redirect(wiki.authnRequest(), { signWith: mail.credential }),
    'SAML_SIGNATURE',
  ],
  ['for another ACS', async () => wiki.redirect(wiki.authnRequest({ acsUrl: 'https://evil.test/acs' })), 'SAML_ACS'],
  ['no message', async () => 'hello', 'SAML_MESSAGE_MISSING'],
  ['nothing that can be answered', async () => wiki.redirect(wiki.authnRequest({ acsIndex: 7 })), 'SAML_STATUS'],
])('an AuthnRequest that /sso would refuse is refused, and nobody is signed in: %s', async (_what, sent, code) => {
  const { state } = await idpWithState()
  const refused = await state.signIn({ user: 'alice', authnRequest: await sent() }).catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(Refused)
  expect((refused as Refused).code).toBe(code)
  expect(await state.listSessions()).toEqual([])
})

test('who is not there is not signed in, whatever else is right', async () => {
  const { state } = await idpWithState()
  await expect(state.signIn({ user: 'zoe', to: wiki.entityId })).rejects.toThrow(
    new NotThere('user', { actual: 'zoe', known: ['alice', 'bob', 'carol'], path: 'user' }),
  )
  await expect(state.signIn({ user: 'alice', to: 'https://wicki.test' })).rejects.toMatchObject({
    what: 'service provider',
    path: 'to',
    known: [wiki.entityId, mail.entityId],
  })
  expect(await state.listSessions()).toEqual([])
})

test('a logout that every participant confirms to a browser without cookies is complete', async () => {
  const { state, open } = await idpWithState()
  const { session } = await state.signIn({ user: 'alice', to: wiki.entityId })
  await state.signIn({ session, to: mail.entityId })
  const { id, url } = await state.startLogout({ session })
  let next = await open(url)
  for (const sp of [wiki, mail]) next = await open(await sp.answer(readSentRequest(next, idpKey)))
  expect(next).toBe(`/logout?run=${id}`)
  const answered = { binding: 'redirect', state: 'answered', status: ['Success'], reason: null }
  expect(await state.getLogout(id)).toMatchObject({ state: 'complete', legs: [answered, answered], leftOut: [] })
})

test('a participant that refuses makes it partial, in its own words', async () => {
  const { state, open } = await idpWithState()
  const { session } = await state.signIn({ user: 'alice', to: wiki.entityId })
  const { id, url } = await state.startLogout({ session })
  const request = readSentRequest(await open(url), idpKey)
  const status = { codes: [STATUS.responder, STATUS.partialLogout], message: 'not now' }
  await open(await wiki.answer(request, { status }))
  const leg = {
    state: 'answered',
    status: ['Responder', 'PartialLogout'],
    reason: 'says Responder / PartialLogout: not now',
  }
  expect(await state.getLogout(id)).toMatchObject({ state: 'partial', legs: [leg] })
})

test('a participant that does not come back has timed out when somebody looks, and the address goes on with the next', async () => {
  const { state, clock, open } = await idpWithState()
  const { session } = await state.signIn({ user: 'alice', to: wiki.entityId })
  await state.signIn({ session, to: mail.entityId })
  const { id, url } = await state.startLogout({ session })
  await open(url)
  clock.advance(10_000)
  const late = { state: 'timedOut', reason: 'did not answer within 10 s' }
  expect(await state.getLogout(id)).toMatchObject({ state: 'running', legs: [late, { state: 'pending' }] })
  expect(readSentRequest(await open(url), idpKey).destination).toBe(mail.sloUrl)
})

test('behaviour that changes shows in the metadata at once', async () => {
  const { idp, state } = await idpWithState()
  expect(idp.metadata).toContain(BINDING.soap)
  state.changeBehaviour({ singleLogout: [{ binding: 'redirect' }] })
  expect(idp.metadata).not.toContain(BINDING.soap)
  await state.reset()
  expect(idp.metadata).toContain(BINDING.soap)
})

test('a service provider that was removed stays so, whoever introduces it, until a reset', async () => {
  const { idp, state } = await idpWithState()
  state.removeServiceProvider(wiki.entityId)
  idp.trust(wiki.metadata)
  expect(state.listServiceProviders().map(({ entityId }) => entityId)).toEqual([mail.entityId])
  await state.reset()
  expect(state.listServiceProviders().map(({ entityId }) => entityId)).toEqual([wiki.entityId, mail.entityId])
})
