import { alive, dead, invalidate, logIn, logout, probe, refresh } from '../api.ts'
import { section } from '../case.ts'
import { expectDifferent, expectMatch, expectSame } from '../drift.ts'
import { carried, logoutQuery, makeLogoutRequest, newPerson, signedQuery } from '../messages.ts'
import { redirectOf } from '../redirects.ts'
import { errorOf, expectBadRequest, expectSamlRefusal } from '../refusals.ts'
import type { Target } from '../target.ts'

const query = (target: Target) => logoutQuery(target, 'plain', newPerson())

/** A good query in the URL alphabet of base64, signed as it stands. */
function urlAlphabet(target: Target): string {
  for (;;) {
    const message = decodeURIComponent(carried(makeLogoutRequest(target, 'plain', newPerson())).slice(12))
    if (!/[+/]/.test(message)) continue
    const changed = message.replaceAll('+', '-').replaceAll('/', '_')
    return signedQuery(`SAMLRequest=${encodeURIComponent(changed)}`, target.keys.idp)
  }
}

export const derived = section('11.13 derived from code', [
  {
    number: 113,
    title: 'a RelayState behind the signature is accepted and comes back',
    asks: 'wire',
    run: async (target) => {
      const answer = await invalidate(target, 'plain', `${query(target)}&RelayState=x`)
      expectSame('RelayState', redirectOf(answer).values['RelayState'], 'x')
    },
  },
  {
    number: 114,
    title: 'a protocol parameter that comes twice is refused, and nothing ends (a deviation on purpose)',
    asks: 'internals',
    run: async (lab) => {
      const tokens = await logIn(lab)
      const good = logoutQuery(lab, 'plain', tokens.person)
      const answer = await invalidate(lab, 'plain', `${good}&${good}`)
      expectBadRequest(answer, 'illegal_argument_exception', /\[SAMLRequest\]/)
      expectSame('tokens', await probe(lab, tokens), alive)
    },
  },
  {
    number: 115,
    title: 'a question mark in front hides the message',
    asks: 'wire',
    run: async (target) => {
      const answer = await invalidate(target, 'plain', `?${query(target)}`)
      expectSamlRefusal(answer, target, { reason: /^Could not parse SAMLRequest from query string: \[\?SAMLRequest=/ })
    },
  },
  {
    number: 116,
    title: 'a malformed escape is the fault of the caller',
    asks: 'wire',
    run: async (target) => {
      const answer = await invalidate(target, 'plain', 'SAMLRequest=%zz')
      expectBadRequest(answer, 'illegal_argument_exception', /^invalid escape sequence/)
    },
  },
  {
    number: 117,
    title: 'the URL alphabet is no base64',
    asks: 'wire',
    run: async (target) => {
      const answer = await invalidate(target, 'plain', urlAlphabet(target))
      expectSamlRefusal(answer, target, { reason: /^SAML message cannot be Base64 decoded$/, classic: 400 })
    },
  },
  {
    number: 118,
    title: 'a LogoutRequest without a SessionIndex ends no session that has one',
    asks: 'wire',
    run: async (target) => {
      const tokens = await logIn(target)
      const answer = await invalidate(
        target,
        'plain',
        logoutQuery(target, 'plain', { ...tokens.person, session: undefined }),
      )
      expectSame('answer', [answer.status, answer.json['invalidated']], [200, 0])
      expectSame('tokens', await probe(target, tokens), alive)
    },
  },
  {
    number: 119,
    title: 'a login and its refresh are two pairs',
    asks: 'wire',
    run: async (target) => {
      const { person, refreshToken } = await logIn(target)
      await refresh(target, refreshToken)
      const answer = await invalidate(target, 'plain', logoutQuery(target, 'plain', person))
      expectSame('invalidated', answer.json['invalidated'], 2)
    },
  },
  {
    number: 120,
    title: 'the second time there is nothing left, and a new answer',
    asks: 'wire',
    run: async (target) => {
      const { person } = await logIn(target)
      const same = logoutQuery(target, 'plain', person)
      const [first, second] = [await invalidate(target, 'plain', same), await invalidate(target, 'plain', same)]
      expectSame('invalidated', [first.json['invalidated'], second.json['invalidated']], [1, 0])
      expectDifferent('LogoutResponse', redirectOf(second).xml, redirectOf(first).xml)
    },
  },
  {
    number: 121,
    title: 'a logout can be repeated with the same token',
    asks: 'wire',
    run: async (target) => {
      const body = { token: (await logIn(target)).accessToken }
      const [first, second] = [await logout(target, body), await logout(target, body)]
      expectSame('status', [first.status, second.status], [200, 200])
      expectDifferent('LogoutRequest', redirectOf(second).xml, redirectOf(first).xml)
    },
  },
  {
    number: 122,
    title: 'a logout with an unknown token fails, but has ended the refresh token',
    asks: 'wire',
    run: async (target) => {
      const { refreshToken } = await logIn(target)
      const answer = await logout(target, { token: 'garbage', refresh_token: refreshToken })
      expectSame('refusal', [answer.status, errorOf(answer)['reason']], [500, 'supplied token is not valid'])
      expectSame('refresh', (await refresh(target, refreshToken)).status, 400)
    },
  },
  {
    number: 123,
    title: 'with an IdP that offers no logout the application gets nulls; its own request fails after it was obeyed',
    asks: 'wire',
    run: async (target) => {
      const { accessToken } = await logIn(target, 'no-slo')
      expectSame('redirect', (await logout(target, { token: accessToken })).json['redirect'], null)
      const tokens = await logIn(target, 'no-slo')
      const answer = await invalidate(target, 'no-slo', logoutQuery(target, 'no-slo', tokens.person))
      expectSamlRefusal(answer, target, { reason: /^Cannot send LogoutResponse because the IDP / })
      expectSame('tokens', await probe(target, tokens), dead)
    },
  },
  {
    number: 124,
    title: "with single logout off the application gets nulls; the IdP's request is answered",
    asks: 'wire',
    run: async (target) => {
      const { accessToken } = await logIn(target, 'slo-off')
      expectSame('redirect', (await logout(target, { token: accessToken })).json['redirect'], null)
      const answer = await invalidate(target, 'slo-off', logoutQuery(target, 'slo-off', newPerson()))
      expectSame('root', redirectOf(answer).root.key, 'samlp:LogoutResponse')
    },
  },
  {
    number: 125,
    title: 'a missing query is reported before a missing privilege',
    asks: 'wire',
    run: async (target) => {
      const { accessToken } = await logIn(target)
      const { root, queryField } = target.profile
      const path = `${root}/saml/invalidate`
      const answer = await target.send({ method: 'POST', path, body: {}, authorization: `Bearer ${accessToken}` })
      const reason = new RegExp(`^Validation Failed: 1: ${queryField} is missing;$`)
      expectBadRequest(answer, 'action_request_validation_exception', reason)
    },
  },
  {
    number: 126,
    title: 'the name that the guide prints, query, is unknown and not corrected',
    asks: 'wire',
    run: async (target) => {
      const { root, unknownFieldType } = target.profile
      const body = { realm: 'plain', query: query(target) }
      const answer = await target.send({ method: 'POST', path: `${root}/saml/invalidate`, body })
      expectBadRequest(answer, unknownFieldType, /unknown field \[query\]/)
      expectMatch('reason', errorOf(answer)['reason'], /^(?!.*did you mean)/)
    },
  },
])
