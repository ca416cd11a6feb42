import { authenticate } from '../api.ts'
import { section } from '../case.ts'
import { expectSame } from '../drift.ts'
import { makeResponse, newPerson } from '../messages.ts'
import { expectUnsolicited } from '../refusals.ts'
import type { Answer, Target } from '../target.ts'

interface Offered {
  readonly inResponseTo?: string
  /** Left out of the body when absent. */
  readonly ids?: string | readonly string[]
}

async function offer(target: Target, { inResponseTo, ids }: Offered): Promise<{ answer: Answer; username: string }> {
  const person = newPerson()
  const xml = await makeResponse(target, 'plain', { person, inResponseTo })
  return { answer: await authenticate(target, 'plain', xml, { ids }), username: person.nameId.value }
}

async function expectLogin(target: Target, offered: Offered): Promise<void> {
  const { answer, username } = await offer(target, offered)
  expectSame('status', answer.status, 200)
  expectSame('access_token', typeof answer.json['access_token'], 'string')
  const { authentication_realm: realm } = (answer.json['authentication'] ?? {}) as { authentication_realm?: unknown }
  const name = (realm as { name?: unknown } | undefined)?.name
  expectSame('username and realm', [answer.json['username'], name], [username, 'plain'])
  expectSame('in_response_to', answer.json['in_response_to'], offered.inResponseTo)
}

const solicited: Offered = { inResponseTo: '_request79', ids: '_request79' }
const withoutRequest: Offered = { ids: ['_pending82'] }
const withoutAnything: Offered = {}

export const inResponseTo = section('11.10 authenticate: InResponseTo over HTTP', [
  {
    number: 79,
    title: 'the pending id as a plain text is accepted',
    asks: 'wire',
    only: 'recent',
    run: (target) => expectLogin(target, solicited),
  },
  {
    number: 80,
    title: 'another pending id: the answer names the request',
    asks: 'wire',
    only: 'recent',
    run: async (target) => {
      const { answer } = await offer(target, { inResponseTo: '_request80', ids: ['_pending80'] })
      expectUnsolicited(answer, target, '_request80')
    },
  },
  {
    number: 81,
    title: 'no pending ids at all: the same',
    asks: 'wire',
    only: 'recent',
    run: async (target) => {
      const { answer } = await offer(target, { inResponseTo: '_request81' })
      expectUnsolicited(answer, target, '_request81')
    },
  },
  {
    number: 82,
    title: 'a pending id and a Response to none is accepted',
    asks: 'wire',
    only: 'recent',
    run: (target) => expectLogin(target, withoutRequest),
  },
  {
    number: 83,
    title: 'neither is accepted too',
    asks: 'wire',
    only: 'recent',
    run: (target) => expectLogin(target, withoutAnything),
  },
  {
    number: 84,
    title: 'each login answers with the user and the realm',
    asks: 'wire',
    only: 'recent',
    run: async (target) => {
      for (const offered of [solicited, withoutRequest, withoutAnything]) await expectLogin(target, offered)
    },
  },
])
