import { buildRedirectUrl, readRedirect } from '#saml/bindings/redirect'
import { readSoap, writeSoap } from '#saml/bindings/soap'
import type { Credential } from '#saml/credentials'
import { parseLogoutRequest } from '#saml/messages/logout-request'
import { type LogoutResponse, writeLogoutResponse } from '#saml/messages/logout-response'
import { success } from '#saml/messages/status'
import { BINDING } from '#saml/names'
import { readMessage } from '#saml/schema/message'
import { signEnveloped } from '#saml/signature/enveloped-signature'
import { trustCertificate } from '#saml/signature/trusted-key'
import { settableClock } from '#server/clock'
import { newId } from '#server/ids'
import { listen } from '#server/serve'
import { createIdp } from '../idp/index.ts'
import { othersFaults } from './faults.ts'
import type { Contender } from './measure.ts'
import { idpUrl, type Parties } from './parties.ts'

export interface LogoutBench {
  /** A whole logout from the portal over all participants, as a browser that keeps cookies goes through it. */
  readonly contender: Contender
  advance(ms: number): void
  close(): Promise<void>
}

interface Shape {
  readonly name: string
  readonly participants: number
  readonly how: 'chain' | 'frames' | 'soap'
  /** How many faults are armed that concern none of its messages. */
  readonly faults?: number
}

const spOf = (index: number) => `https://sp${index}.test`

/** An IdP with so many service providers, all with one key, and sessions in which each of them takes part. */
export async function startLogoutBench(
  { idp: credential, sp }: Parties,
  { name, participants, how, faults = 0 }: Shape,
): Promise<LogoutBench> {
  const clock = settableClock(1_900_000_000_000)
  const soap = await listen({ host: '127.0.0.1', port: 0 })
  const soapUrl = soap.origin('127.0.0.1')
  soap.mount(async (request) => {
    const asked = parseLogoutRequest(readMessage(readSoap(Buffer.from(await request.text()))))
    const answer = { ...answerTo(asked, clock.now()), issuer: spOf(Number(new URL(request.url).pathname.slice(1))) }
    return new Response(writeSoap(await signEnveloped(writeLogoutResponse(answer), answer.id, sp)))
  })
  const serviceProviders = Array.from({ length: participants }, (_, index) => {
    const location = how === 'soap' ? `${soapUrl}/${index}` : `${spOf(index)}/slo`
    return {
      metadata: {
        entityId: spOf(index),
        keyDescriptors: [{ use: 'signing' as const, key: trustCertificate(sp.certificate) }],
        singleLogoutServices: [{ binding: how === 'soap' ? BINDING.soap : BINDING.redirect, location }],
        nameIdFormats: [],
        assertionConsumerServices: [
          { binding: BINDING.post, location: `${spOf(index)}/acs`, index: 0, isDefault: true },
        ],
        authnRequestsSigned: false,
        wantAssertionsSigned: false,
      },
    }
  })
  const logout = { propagation: how === 'frames' ? ('frames' as const) : ('chain' as const) }
  const idp = createIdp({ baseUrl: idpUrl, credential, serviceProviders, clock, logout, faults: othersFaults(faults) })
  const send = async (path: string, { cookie = '', form }: { cookie?: string; form?: Record<string, string> } = {}) => {
    const headers = { origin: idpUrl, cookie, 'content-type': 'application/x-www-form-urlencoded' }
    const body = form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form).toString() }
    return idp.fetch(new Request(new URL(path, idpUrl), { ...body, headers }))
  }
  const signIn = async (): Promise<string> => {
    const signedIn = await send('/sign-in', { form: { user: 'alice' } })
    const cookie = signedIn.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    for (let index = 0; index < participants; index += 1) {
      const started = await send('/sso/start', { cookie, form: { sp: spOf(index) } })
      await send(started.headers.get('location') ?? '', { cookie })
    }
    return cookie
  }
  /** Where the answer of whoever was asked at this address goes. */
  const answerAt = async (address: string) => answerUrl(address, { sp, now: clock.now() })

  const followChain = async (first: Response): Promise<Response> => {
    let answer = first
    while (answer.headers.get('location')?.startsWith('https://sp')) {
      answer = await send(await answerAt(answer.headers.get('location') ?? ''))
    }
    return answer
  }
  const logOut = async (cookie: string): Promise<void> => {
    const first = await followChain(await send('/logout', { cookie, form: {} }))
    const run = first.headers.get('location') ?? ''
    if (how === 'frames') {
      const page = await (await send(run)).text()
      for (const [, frame = ''] of page.matchAll(/<iframe src="([^"]+)"/g)) {
        await followChain(await send(frame.replaceAll('&amp;', '&')))
      }
    }
    const last = await (await send(run)).text()
    if (!last.includes('Every service provider confirmed the logout.')) throw new Error(last)
  }
  const signedIn: string[] = []
  return {
    contender: {
      name,
      prepare: async (runs) => {
        while (signedIn.length < runs) signedIn.push(await signIn())
      },
      run: async () => logOut(signedIn.pop() ?? (await signIn())),
    },
    advance: clock.advance,
    close: () => soap.close(),
  }
}

function answerTo({ id }: { id: string }, now: number): LogoutResponse {
  return {
    id: newId(),
    issueInstant: now,
    issuer: '',
    destination: undefined,
    inResponseTo: id,
    status: success,
  }
}

async function answerUrl(address: string, { sp, now }: { sp: Credential; now: number }): Promise<string> {
  const { origin, search } = new URL(address)
  const asked = parseLogoutRequest(readMessage(readRedirect(search.slice(1)).document))
  const destination = `${idpUrl}/slo`
  const document = writeLogoutResponse({ ...answerTo(asked, now), issuer: origin, destination })
  return buildRedirectUrl({ destination, kind: 'SAMLResponse', document, signWith: sp })
}
