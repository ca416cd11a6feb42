import { expect, test } from 'vitest'
import { parseLogoutResponse } from '#saml/messages/logout-response'
import { createFaults, type WantedFault } from '#server/faults'
import { makeWorld } from '../world.test-support.ts'
import { answerOf, call, makeSoapScene, opened, signedCall } from './soap-scene.test-support.ts'

const { orders } = await makeWorld()

/** Alice is logged in at `orders`, which is called, and calls. */
async function makeScene(on: WantedFault['on'], change: WantedFault['change'], participantTimeoutMs = 10_000) {
  const faults = createFaults([{ party: 'idp', on, times: 1, change }])
  const calls: string[] = []
  const scene = await makeSoapScene(
    (asked, _request, envelope) => {
      calls.push(envelope)
      return answerOf(orders, asked)
    },
    { faults: faults.of('idp'), participantTimeoutMs },
  )
  return { ...scene, faults, calls }
}

test('a call that is never made leaves its leg waiting for its time', async () => {
  const { logOut, calls } = await makeScene('LogoutRequest', { delivery: 'never' }, 20)
  expect((await logOut()).text).toMatch(/orders did not answer within/)
  expect(calls).toEqual([])
})

test('a call that is made twice is answered by the first answer', async () => {
  const { logOut, calls, journal } = await makeScene('LogoutRequest', { delivery: 'twice' })
  expect((await logOut()).text).toContain('Every service provider confirmed the logout.')
  expect([calls.length, new Set(calls).size]).toEqual([2, 1])
  const answers = journal.since().filter(({ what }) => what === 'LogoutResponse')
  expect(answers).toMatchObject([{ accepted: true }, { accepted: true }])
  expect(new Set(answers.map(({ inResponseTo }) => inResponseTo)).size).toBe(1)
})

test('a call that is late is made', async () => {
  const { logOut, calls } = await makeScene('LogoutRequest', { delivery: { delayMs: 5 } })
  expect((await logOut()).text).toContain('Every service provider confirmed the logout.')
  expect(calls.length).toBe(1)
})

test.each<[WantedFault['change'], string, string]>([
  [{ delivery: 'reset' }, 'delivery', 'it is a call of ours, and nobody waits for an answer to it'],
  [{ binding: 'redirect' }, 'binding', 'it is sent without a browser, expected soap'],
  [{ parameters: ['message'] }, 'parameters', 'there is no query, and this message goes by another binding'],
])('what a call cannot take is not made, and the call is right: %j', async (change, key, why) => {
  const { logOut, faults } = await makeScene('LogoutRequest', change)
  expect((await logOut()).text).toContain('Every service provider confirmed the logout.')
  expect(await faults.list()).toMatchObject([{ fired: 0, notMade: [{ key, why }] }])
})

test('who calls gets the answer that is armed, and the next right', async () => {
  const scene = await makeScene('LogoutResponse', { status: ['Responder'] })
  const answers: unknown[] = []
  for (const each of [1, 2]) {
    const answer = await scene.idp.fetch(call(await signedCall(scene)))
    answers.push([each, answer.status, parseLogoutResponse(opened(await answer.text(), scene.key)).status?.codes[0]])
  }
  const status = 'urn:oasis:names:tc:SAML:2.0:status'
  expect(answers).toEqual([
    [1, 200, `${status}:Responder`],
    [2, 200, `${status}:Requester`],
  ])
})

test.each([
  ['status500', 500, 'This fails on purpose.\n'],
  ['reset', 502, 'the connection is reset\n'],
])('who calls gets %s in place of the answer', async (delivery, status, text) => {
  const scene = await makeScene('LogoutResponse', { delivery })
  const answer = await scene.idp.fetch(call(await signedCall(scene)))
  expect([answer.status, await answer.text()]).toEqual([status, text])
})

test('who is never answered waits until the lab ends', async () => {
  const scene = await makeScene('LogoutResponse', { delivery: 'never' })
  let isAnswered = false
  const answering = (async () => scene.idp.fetch(call(await signedCall(scene))))().finally(() => {
    isAnswered = true
  })
  await expect.poll(async () => (await scene.faults.list())[0]?.fired).toBe(1)
  expect(isAnswered).toBe(false)
  await scene.faults.close()
  expect(await (await answering).text()).toBe('')
})

test('the answer to a call with another ID is awaited under that', async () => {
  const { logOut, calls } = await makeScene('LogoutRequest', { id: { value: '_mine' } })
  expect((await logOut()).text).toContain('Every service provider confirmed the logout.')
  expect(calls).toEqual([expect.stringContaining('ID="_mine"')])
})
