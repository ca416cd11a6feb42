import { expect, onTestFinished, test } from 'vitest'
import { readSoap, writeSoap } from '#saml/bindings/soap'
import { generateCredential } from '#saml/credentials'
import { parseLogoutRequest } from '#saml/messages/logout-request'
import { writeLogoutResponse } from '#saml/messages/logout-response'
import { success } from '#saml/messages/status'
import { BINDING } from '#saml/names'
import { readMessage } from '#saml/schema/message'
import { signEnveloped } from '#saml/signature/enveloped-signature'
import { settableClock } from '#server/clock'
import { type Fetch, listen } from '#server/serve'
import { resolveIdpConfig } from '../config.ts'
import { makeIdpParts } from '../parts.ts'
import { idpOrigin, makeSp, noon } from '../sp.test-support.ts'
import { callParticipants } from './call-participants.ts'
import { giveUpWaiting } from './change-legs.ts'
import { changeRun } from './change-run.ts'
import { startLogoutRun } from './logout-run.ts'

const [credential, sp] = await Promise.all([generateCredential('idp', noon), makeSp('orders')])

/** A run with one participant, which is called and answers as `answer` does. */
async function calledRun(answer: Fetch) {
  const listener = await listen({ host: '127.0.0.1', port: 0 })
  onTestFinished(() => listener.close())
  listener.mount(answer)
  const location = listener.origin('127.0.0.1')
  const metadata = { ...sp.metadata, singleLogoutServices: [{ binding: BINDING.soap, location }] }
  const options = { baseUrl: idpOrigin, credential, serviceProviders: [{ metadata }], clock: settableClock(noon) }
  const parts = makeIdpParts(resolveIdpConfig(options))
  const participant = { spEntityId: sp.entityId, nameId: { value: 'a' }, sessionIndex: '_s' }
  const origin = { kind: 'portal' } as const
  await parts.logoutRuns.add(
    startLogoutRun({ id: 'run', userName: 'alice', origin, startedAt: noon, participants: [participant] }),
  )
  return parts
}

async function confirm(request: Request): Promise<Response> {
  const asked = parseLogoutRequest(readMessage(readSoap(Buffer.from(await request.text()))))
  const answer = { ...sp.answerTo(asked), destination: undefined }
  return new Response(writeSoap(await signEnveloped(writeLogoutResponse(answer), answer.id, sp.credential)))
}

test.each([
  ['an answer', 'is noted as late', { status: success, confirmed: true, at: noon }],
  ['a failure', 'says nothing', undefined],
])('%s that comes after somebody gave up waiting %s, and changes nothing', async (what, _noted, late) => {
  const parts = await calledRun(async (request) => {
    await changeRun(parts, 'run', giveUpWaiting)
    return what === 'a failure' ? new Response('', { status: 404 }) : confirm(request)
  })
  await callParticipants(parts, 'run')
  const [leg] = (await parts.logoutRuns.find('run'))?.legs ?? []
  expect([leg?.state, leg?.late, leg?.request?.way]).toEqual([{ kind: 'timed-out' }, late, 'soap'])
})

test('who is asked again what is to change, since another replica was first, calls only whom it has marked as asked', async () => {
  let calls = 0
  const parts = await calledRun((request) => {
    calls += 1
    return confirm(request)
  })
  const { logoutRuns } = parts
  const askedTwice: typeof logoutRuns.update = (id, change) =>
    logoutRuns.update(id, (run) => {
      change(run)
      return change(run)
    })
  await callParticipants({ ...parts, logoutRuns: { ...logoutRuns, update: askedTwice } }, 'run')
  expect(calls).toBe(1)
  expect((await logoutRuns.find('run'))?.legs[0]?.state).toMatchObject({ kind: 'answered', confirmed: true })
})
