import { expect, test } from 'vitest'
import { parseLogoutResponse } from '#saml/messages/logout-response'
import { BINDING, STATUS } from '#saml/names'
import { logIn, makeWorld, whoIsSignedIn } from '../world.test-support.ts'
import { answerOf, call, makeSoapScene, opened, signedCall, soapUrl } from './soap-scene.test-support.ts'

const partial = [STATUS.success, STATUS.partialLogout]

test.each([soapUrl, undefined])(
  'C080 a LogoutRequest by SOAP for %s is answered in the same exchange',
  async (destination) => {
    const scene = await makeSoapScene()
    const response = await scene.idp.fetch(call(await signedCall(scene, { id: '_soap', destination })))
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/xml; charset=utf-8'])
    const answer = parseLogoutResponse(opened(await response.text(), scene.key))
    expect(answer).toMatchObject({ inResponseTo: '_soap', status: { codes: [STATUS.success] } })
    expect(answer.destination).toBeUndefined()
    expect(await whoIsSignedIn(scene.browser)).toBeUndefined()
  },
)

test('who needs a browser is not asked when a call logs out, and the answer says PartialLogout', async () => {
  const scene = await makeSoapScene()
  await logIn(scene.browser, scene.reports)
  scene.log.length = 0
  const response = await scene.idp.fetch(call(await signedCall(scene)))
  expect(parseLogoutResponse(opened(await response.text(), scene.key)).status.codes).toEqual(partial)
  expect(scene.log.map(({ message }) => message)).toEqual([
    'logout at reports: has no way to be asked: it needs a browser, and this logout has none',
  ])
})

test('who takes SOAP is called when a call logs out, and the answer waits for it', async () => {
  const scene = await makeSoapScene()
  await scene.serve(scene.reports, (asked) => answerOf(scene.reports, asked))
  await logIn(scene.browser, scene.reports)
  const response = await scene.idp.fetch(call(await signedCall(scene)))
  expect(parseLogoutResponse(opened(await response.text(), scene.key)).status.codes).toEqual([STATUS.success])
})

test('C042, C080 a call that cannot be acted upon is answered with a status, and the session lives', async () => {
  const scene = await makeSoapScene()
  const response = await scene.idp.fetch(call(await signedCall(scene, { nameId: { value: 'nobody' } })))
  const { status } = parseLogoutResponse(opened(await response.text(), scene.key))
  expect([response.status, status.codes]).toEqual([200, [STATUS.requester, STATUS.unknownPrincipal]])
  expect(await whoIsSignedIn(scene.browser)).toBe('alice')
})

test('C081 our metadata says where a call goes', async () => {
  const { idp } = await makeWorld()
  expect(idp.metadata).toContain(`<md:SingleLogoutService Binding="${BINDING.soap}" Location="${soapUrl}"/>`)
})
