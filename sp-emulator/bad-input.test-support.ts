import type { Answer } from './es/test-node.test-support.ts'
import { alive, goodLogout, type RealNode, realNode, tryTokens } from './real-node.test-support.ts'
import type { RealmConfig } from './realm/realm-config.ts'

/** How a bad request was answered, and what is true afterwards. */
export interface Aftermath {
  readonly answer: Answer
  /** What a refusal must leave as it was. Equal to `noEffect` when it did. */
  readonly effects: object
  readonly logged: readonly { readonly code: string | undefined; readonly level: string }[]
  /** The lines as they were handed to the log. */
  readonly logText: string
}

/** NO-EFFECT of spec/security.md §1: both users keep their tokens, nothing to follow, and the good request still works on both of alice's pairs. */
export const noEffect = {
  alice: alive,
  victim: alive,
  redirect: undefined,
  location: null,
  goodLogoutAfterwards: { status: 200, invalidated: 2 },
}

/** Logs two users in, lets `send` do its worst, and looks at what became of them. */
export async function aftermathOf(
  send: (node: RealNode) => Promise<Answer>,
  config: Partial<RealmConfig> = {},
): Promise<Aftermath> {
  const node = realNode(config)
  const alice = await node.login()
  const victim = await node.login('victim', '_session2')
  const answer = await send(node)
  const logged = node.logged.map(({ facts, level }) => ({ code: (facts as { code?: string }).code, level }))
  const logText = JSON.stringify(node.logged)
  const truths = { alice: await tryTokens(node, alice), victim: await tryTokens(node, victim) }
  const good = await goodLogout(node)
  const effects = {
    ...truths,
    redirect: answer.json['redirect'],
    location: answer.headers.get('location'),
    goodLogoutAfterwards: { status: good.status, invalidated: good.json['invalidated'] },
  }
  return { answer, effects, logged, logText }
}

/** The envelope of an error without a cause or headers. */
export const envelope = (status: number, type: string, reason: unknown): object => ({
  error: { root_cause: [{ type, reason }], type, reason },
  status,
})
