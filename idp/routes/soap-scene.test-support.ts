import { onTestFinished } from 'vitest'
import { readSoap, writeSoap } from '#saml/bindings/soap'
import { type LogoutRequest, parseLogoutRequest, writeLogoutRequest } from '#saml/messages/logout-request'
import { type LogoutResponse, writeLogoutResponse } from '#saml/messages/logout-response'
import { BINDING } from '#saml/names'
import { readMessage } from '#saml/schema/message'
import { signEnveloped, verifyEnveloped } from '#saml/signature/enveloped-signature'
import { strictPolicy } from '#saml/signature/policy'
import type { TrustedKey } from '#saml/signature/trusted-key'
import { type Fetch, listen } from '#server/serve'
import type { IdpOptions } from '../config.ts'
import { idpOrigin, type TestSp } from '../sp.test-support.ts'
import { logIn, makeWorld } from '../world.test-support.ts'

export const soapUrl = `${idpOrigin}/slo/soap`

/** The message in an envelope, after its signature has verified. */
export function opened(envelope: string, key: TrustedKey) {
  const document = readSoap(Buffer.from(envelope)).toString()
  const root = readMessage(document)
  return verifyEnveloped({ document, root, element: root }, [key], strictPolicy)
}

async function serving(fetch: Fetch): Promise<string> {
  const listener = await listen({ host: '127.0.0.1', port: 0, closeGraceMs: 0 })
  onTestFinished(() => listener.close())
  listener.mount(fetch)
  return `${listener.origin('sp.localhost')}/soap`
}

export type Answer = (asked: LogoutRequest, request: Request, envelope: string) => Promise<Response> | Response

/** Alice is logged in at `orders`, which takes logout messages by SOAP and answers them so. */
export async function makeSoapScene(answer: Answer = () => new Response(), given: Partial<IdpOptions> = {}) {
  const world = await makeWorld(given)
  const serve = async (sp: TestSp, respond: Answer) => {
    const location = await serving(async (request) => {
      const envelope = await request.text()
      return respond(parseLogoutRequest(opened(envelope, world.key)), request, envelope)
    })
    world.idp.trust({ ...sp.metadata, singleLogoutServices: [{ binding: BINDING.soap, location }] }, { name: sp.name })
    return location
  }
  const location = await serve(world.orders, answer)
  const login = await logIn(world.browser, world.orders)
  const logOut = async () => world.browser.press(await world.browser.open('/'), 'Log out everywhere')
  return { ...world, serve, location, login, logOut }
}

export const respond = (envelope: string, status = 200) =>
  new Response(envelope, { status, headers: { 'content-type': 'text/xml' } })

/** What a service provider answers to a call, signed by it. */
export async function answerOf(
  sp: TestSp,
  asked: LogoutRequest,
  given: Partial<LogoutResponse> = {},
): Promise<Response> {
  const response = { ...sp.answerTo(asked), destination: undefined, ...given }
  return respond(writeSoap(await signEnveloped(writeLogoutResponse(response), response.id, sp.credential)))
}

export const call = (body: string, headers: Record<string, string> = {}) =>
  new Request(soapUrl, { method: 'POST', body, headers: { 'content-type': 'text/xml; charset=utf-8', ...headers } })

export type SoapScene = Awaited<ReturnType<typeof makeSoapScene>>

export const requestOf = ({ orders: sp, login }: SoapScene, given: Partial<LogoutRequest> = {}) =>
  sp.logoutRequest({ destination: soapUrl, nameId: login.nameId, sessionIndexes: [login.sessionIndex], ...given })

export async function signedCall(scene: SoapScene, given: Partial<LogoutRequest> = {}, signer: TestSp = scene.orders) {
  const request = requestOf(scene, given)
  return writeSoap(await signEnveloped(writeLogoutRequest(request), request.id, signer.credential))
}
