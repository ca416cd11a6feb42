import { readSoap, writeSoap } from '#saml/bindings/soap'
import { parseLogoutRequest } from '#saml/messages/logout-request'
import { writeLogoutResponse } from '#saml/messages/logout-response'
import { STATUS } from '#saml/names'
import { readMessage } from '#saml/schema/message'
import { signEnveloped } from '#saml/signature/enveloped-signature'
import { listen } from '#server/serve'
import type { TestSp } from '../sp.test-support.ts'

/** The service providers that are asked by SOAP, at a socket of their own. */
export interface CalledParticipants {
  /** What they answer at the moment. */
  answers: 'yes' | 'no' | 'not at all'
  /** Whether one that was called did not confirm. */
  missed: boolean
  addressOf(name: string): string
  close(): Promise<void>
}

export const refusal = { codes: [STATUS.responder] }

export async function openCalledParticipants(sps: readonly TestSp[]): Promise<CalledParticipants> {
  const listener = await listen({ host: '127.0.0.1', port: 0 })
  const called: CalledParticipants = {
    answers: 'yes',
    missed: false,
    addressOf: (name) => `${listener.origin('127.0.0.1')}/${name}`,
    close: () => listener.close(),
  }
  listener.mount(async (request) => {
    const sp = sps.find(({ name }) => request.url.endsWith(`/${name}`))
    if (called.answers !== 'yes') called.missed = true
    if (sp === undefined || called.answers === 'not at all') return new Response('', { status: 503 })
    const asked = parseLogoutRequest(readMessage(readSoap(Buffer.from(await request.text()))))
    const status = called.answers === 'yes' ? {} : { status: refusal }
    const answer = { ...sp.answerTo(asked, status), destination: undefined }
    return new Response(writeSoap(await signEnveloped(writeLogoutResponse(answer), answer.id, sp.credential)))
  })
  return called
}
