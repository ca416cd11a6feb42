import { deleteToken, logIn, refresh, type Tokens, token, whoAmI } from '../api.ts'
import { section } from '../case.ts'
import { expectDifferent, expectMatch, expectSame } from '../drift.ts'
import { newPerson } from '../messages.ts'
import { errorOf } from '../refusals.ts'
import type { Answer, Target } from '../target.ts'

/** Live tokens that were ended, tokens that had been ended before, errors. */
function expectCounts({ json }: Answer, invalidated: number, previously: number): void {
  const expected = { invalidated_tokens: invalidated, previously_invalidated_tokens: previously, error_count: 0 }
  expectSame('counts', json, expected)
}

/** A token of the right form that was never issued. */
const strange = (issued: string) => issued.replace(/^(.{20})(.{4})/, (_all, head) => `${head}AAAA`)

async function expectEachOnce(target: Target, tokens: Tokens, order: readonly ('token' | 'refresh_token')[]) {
  const named = { token: tokens.accessToken, refresh_token: tokens.refreshToken }
  for (const name of order) expectCounts(await deleteToken(target, { [name]: named[name] }), 1, 0)
}

export const tokens = section('11.12 tokens', [
  {
    number: 101,
    title: 'an access token is invalidated once',
    asks: 'wire',
    run: async (target) => {
      const { accessToken } = await logIn(target)
      expectCounts(await deleteToken(target, { token: accessToken }), 1, 0)
      expectCounts(await deleteToken(target, { token: accessToken }), 0, 1)
    },
  },
  {
    number: 102,
    title: 'access and refresh token end one by one, in any order',
    asks: 'wire',
    run: async (target) => {
      await expectEachOnce(target, await logIn(target), ['token', 'refresh_token'])
      await expectEachOnce(target, await logIn(target), ['refresh_token', 'token'])
    },
  },
  {
    number: 103,
    title: 'by user, both tokens of each login end',
    asks: 'wire',
    run: async (target) => {
      const person = newPerson()
      for (const _each of [1, 2, 3]) await logIn(target, 'plain', { person })
      const username = person.nameId.value
      expectCounts(await deleteToken(target, { realm_name: 'attributes', username }), 0, 0)
      expectCounts(await deleteToken(target, { realm_name: 'plain', username }), 6, 0)
    },
  },
  {
    number: 104,
    title: 'a realm without a login has nothing to end',
    asks: 'wire',
    run: async (target) => {
      const answer = await deleteToken(target, { realm_name: 'no-such-realm' })
      expectSame('status', answer.status, 200)
      expectCounts(answer, 0, 0)
    },
  },
  {
    number: 105,
    title: 'before the first token was issued, a token of the right form cannot be invalidated',
    asks: 'internals',
    run: async (lab) => {
      const { accessToken, refreshToken } = await logIn(lab)
      for (const body of [{ token: accessToken }, { refresh_token: refreshToken }]) {
        const answer = await deleteToken(lab.another(), body)
        expectSame('refusal', [answer.status, errorOf(answer)['reason']], [400, 'failed to invalidate token'])
      }
    },
  },
  {
    number: 106,
    title: 'a token that nobody knows is no error',
    asks: 'wire',
    run: async (target) => {
      const { accessToken } = await logIn(target)
      for (const unknown of ['garbage', 'x', '!"§$', strange(accessToken)]) {
        for (const name of ['token', 'refresh_token']) {
          const answer = await deleteToken(target, { [name]: unknown })
          expectSame(`status for ${name} ${unknown}`, answer.status, target.profile.unknownTokenStatus)
          expectCounts(answer, 0, 0)
        }
      }
    },
  },
  {
    number: 107,
    title: 'a refresh answers with two new tokens that work',
    asks: 'wire',
    run: async (target) => {
      const before = await logIn(target)
      const { json } = await refresh(target, before.refreshToken)
      expectDifferent('access token', json['access_token'], before.accessToken)
      expectDifferent('refresh token', json['refresh_token'], before.refreshToken)
      expectSame('new access token', (await whoAmI(target, String(json['access_token']))).status, 200)
    },
  },
  {
    number: 108,
    title: 'a refresh token that was invalidated is none',
    asks: 'wire',
    run: async (target) => {
      const { refreshToken } = await logIn(target)
      await deleteToken(target, { refresh_token: refreshToken })
      const { status, json } = await refresh(target, refreshToken)
      const expected = { error: 'invalid_grant', error_description: 'token has been invalidated' }
      expectSame('answer', [status, json], [400, expected])
    },
  },
  {
    number: 109,
    title: 'a second refresh 50 s after the first is refused',
    asks: 'clock',
    run: async (lab) => {
      const { refreshToken } = await logIn(lab)
      await refresh(lab, refreshToken)
      lab.clock.advance(50_000)
      const { status, json } = await refresh(lab, refreshToken)
      const description = 'token has already been refreshed more than 30 seconds in the past'
      expectSame('answer', [status, json], [400, { error: 'invalid_grant', error_description: description }])
    },
  },
  {
    number: 110,
    title: 'refreshes at the same time all get the same pair',
    asks: 'wire',
    run: async (target) => {
      const { refreshToken } = await logIn(target)
      const answers = await Promise.all([...'1234567890'].map(() => refresh(target, refreshToken)))
      const pairs = answers.map(({ json }) => `${json['access_token']} ${json['refresh_token']}`)
      expectSame('pairs', new Set(pairs).size, 1)
      expectSame('status', new Set(answers.map(({ status }) => status)), new Set([200]))
    },
  },
  {
    number: 111,
    title: 'a request without a grant_type is refused as OAuth has it',
    asks: 'wire',
    run: async (target) => {
      const { status, json } = await token(target, {})
      expectSame('status and fields', [status, Object.keys(json)], [400, ['error', 'error_description']])
      expectSame('error', json['error'], 'unsupported_grant_type')
    },
  },
  {
    number: 112,
    title: 'an issued token is a Bearer for a number of seconds, with its user',
    asks: 'wire',
    run: async (target) => {
      const { refreshToken, person } = await logIn(target)
      const { json } = await refresh(target, refreshToken)
      expectSame('type', json['type'], 'Bearer')
      expectMatch('expires_in', JSON.stringify(json['expires_in']), /^\d+$/)
      if (!target.profile.showsAuthentication) return
      const { username } = (json['authentication'] ?? {}) as { username?: unknown }
      expectSame('username', username, person.nameId.value)
    },
  },
])
