import { STATUS } from '#saml/names'
import { signEnveloped } from '#saml/signature/enveloped-signature'
import { completeLogout } from '../api.ts'
import { section } from '../case.ts'
import { expectSame } from '../drift.ts'
import { base64, carried, makeLogoutResponse, signedQuery } from '../messages.ts'
import { expectSamlRefusal } from '../refusals.ts'
import type { Target } from '../target.ts'

const asked = '_logout1'
const responder = (target: Target, status: string = STATUS.success) =>
  makeLogoutResponse(target, 'plain', { id: '_response1', inResponseTo: asked, status: { codes: [status] } })

async function posted(target: Target, status?: string): Promise<string> {
  return base64(await signEnveloped(responder(target, status), '_response1', target.keys.idp))
}

const redirected = (target: Target, status?: string) =>
  signedQuery(carried(responder(target, status), 'SAMLResponse'), target.keys.idp)

const byPost = (target: Target, content: string) => completeLogout(target, 'plain', { ids: [asked], content })
const byRedirect = (target: Target, query: string) => completeLogout(target, 'plain', { ids: [asked], query })

export const completeLogouts = section('11.6 complete_logout', [
  {
    number: 25,
    title: 'a signed LogoutResponse by POST is accepted',
    asks: 'wire',
    needs: 'hasCompleteLogout',
    run: async (target) => {
      const answer = await byPost(target, await posted(target))
      expectSame('answer', [answer.status, answer.json], [200, {}])
    },
  },
  {
    number: 26,
    title: 'an unsigned one by POST is refused',
    asks: 'wire',
    needs: 'hasCompleteLogout',
    run: async (target) => {
      const reason = /^LogoutResponse is not signed, but is required for HTTP-Post binding$/
      expectSamlRefusal(await byPost(target, base64(responder(target))), target, { reason })
    },
  },
  {
    number: 27,
    title: 'one by POST that reports a failure is refused',
    asks: 'wire',
    needs: 'hasCompleteLogout',
    run: async (target) => {
      const answer = await byPost(target, await posted(target, STATUS.requester))
      expectSamlRefusal(answer, target, { reason: /not a 'success' response/ })
    },
  },
  {
    number: 28,
    title: 'a LogoutResponse by redirect with a signed query is accepted',
    asks: 'wire',
    needs: 'hasCompleteLogout',
    run: async (target) => {
      const answer = await byRedirect(target, redirected(target))
      expectSame('answer', [answer.status, answer.json], [200, {}])
    },
  },
  {
    number: 29,
    title: 'one by redirect that reports a failure is refused',
    asks: 'wire',
    needs: 'hasCompleteLogout',
    run: async (target) => {
      for (const status of [STATUS.requester, STATUS.responder]) {
        const answer = await byRedirect(target, redirected(target, status))
        expectSamlRefusal(answer, target, { reason: /is not a 'success' response/ })
      }
    },
  },
  {
    number: 30,
    title: 'an unsigned query is refused before its status is looked at',
    asks: 'wire',
    needs: 'hasCompleteLogout',
    run: async (target) => {
      const answer = await byRedirect(target, carried(responder(target, STATUS.requester), 'SAMLResponse'))
      const reason = /^Query string is not signed, but is required for HTTP-Redirect binding$/
      expectSamlRefusal(answer, target, { reason })
    },
  },
])
