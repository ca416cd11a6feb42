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
import { listen } from '#server/serve'
import { resolveIdpConfig } from '../config.ts'
import { makeIdpParts } from '../parts.ts'
import { idpOrigin, makeSp, noon } from '../sp.test-support.ts'
import { callParticipants } from './call-participants.ts'
import { giveUpWaiting } from './change-legs.ts'
import { changeRun } from './change-run.ts'
import { startLogoutRun } from './logout-run.ts'

const [credential, sp] = await Promise.all([generateCredential('idp', noon), makeSp('orders')])

test.each([
  ['an answer', 'is noted as late', { status: success, confirmed: true, at: noon }],
  ['a failure', 'says nothing', undefined],
])('%s that comes after somebody gave up waiting %s, and changes nothing', async (what, _noted, late) => {
  const listener = await listen({ host: '127.0.0.1', port: 0 })
  onTestFinished(() => listener.close())
  const location = listener.origin('127.0.0.1')
  const metadata = { ...sp.metadata, singleLogoutServices: [{ binding: BINDING.soap, location }] }
  const options = { baseUrl: idpOrigin, credential, serviceProviders: [{ metadata }], clock: settableClock(noon) }
  const parts = makeIdpParts(resolveIdpConfig(options))
  const participant = { spEntityId: sp.entityId, nameId: { value: 'a' }, sessionIndex: '_s' }
  const origin = { kind: 'portal' } as const
  await parts.logoutRuns.add(
    startLogoutRun({ id: 'run', userName: 'alice', origin, startedAt: noon, participants: [participant] }),
  )
  listener.mount(async (request) => {
    const asked = parseLogoutRequest(readMessage(readSoap(Buffer.from(await request.text()))))
    await changeRun(parts, 'run', giveUpWaiting)
    if (what === 'a failure') return new Response('', { status: 404 })
    const answer = { ...sp.answerTo(asked), destination: undefined }
    return new Response(writeSoap(await signEnveloped(writeLogoutResponse(answer), answer.id, sp.credential)))
  })
  await callParticipants(parts, 'run')
  const [leg] = (await parts.logoutRuns.find('run'))?.legs ?? []
  expect([leg?.state, leg?.late, leg?.request?.way]).toEqual([{ kind: 'timed-out' }, late, 'soap'])
})
