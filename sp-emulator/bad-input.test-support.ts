import { isDeepStrictEqual } from 'node:util'
import type { Answer, Login } from './es/test-node.test-support.ts'
import { alive, goodLogout, type RealNode, type RealNodeParts, realNode, tryTokens } from './real-node.test-support.ts'
import type { TokenPair } from './tokens/token-pair.ts'

/** How a bad request was answered, and what is true afterwards. */
export interface Aftermath {
  readonly answer: Answer
  /** What a refusal must leave as it was. Equal to `noEffect` when it did. */
  readonly effects: object
  readonly logged: readonly { readonly code: string | undefined; readonly level: string }[]
  /** The lines as they were handed to the log. */
  readonly logText: string
}

/**
 * NO-EFFECT of spec/security.md §1, in its order: (a, b) both users keep their tokens, (c) the token store is what it was, (d) there is nothing to follow,
 * (e) one line says why and gives nothing away, (f) the good request still works on both of alice's pairs.
 */
export const noEffect = {
  alice: alive,
  victim: alive,
  changedPairs: [],
  redirect: undefined,
  location: null,
  holdsLogoutResponse: false,
  linesWithCode: 1,
  linesWithoutCode: 0,
  givenAway: [],
  goodLogoutAfterwards: { status: 200, invalidated: 2 },
}

/** As `noEffect`, of a call that no audit speaks of. */
export const noEffectNorLine = { ...noEffect, linesWithCode: 0 }

/** Logs two users in, lets `send` do its worst, and looks at what became of them. */
export async function aftermathOf(
  send: (node: RealNode) => Promise<Answer>,
  { config, idp, beside }: RealNodeParts = {},
): Promise<Aftermath> {
  const node = realNode(config, idp, beside)
  const alice = await node.login()
  const victim = await node.login('victim', '_session2')
  const before = await snapshotOf(node)
  const sentBefore = node.sent.length
  const answer = await send(node)
  const after = await snapshotOf(node)
  const lines = [...node.logged]
  const logText = JSON.stringify(lines)
  const effects = {
    alice: await tryTokens(node, alice),
    victim: await tryTokens(node, victim),
    changedPairs: changesBetween(before, after),
    redirect: answer.json['redirect'],
    location: answer.headers.get('location'),
    holdsLogoutResponse: /SAMLResponse=|<[\w:]*LogoutResponse/.test(answer.text),
    linesWithCode: lines.filter((line) => codeOf(line) !== undefined).length,
    linesWithoutCode: lines.filter((line) => codeOf(line) === undefined).length,
    givenAway: givenAway(logText, [alice, victim], node.sent.slice(sentBefore)),
    goodLogoutAfterwards: outcomeOf(await goodLogout(node)),
  }
  return { answer, effects, logged: lines.map((line) => ({ code: codeOf(line), level: line.level })), logText }
}

const codeOf = ({ facts }: { facts: object }) => (facts as { code?: string }).code

const outcomeOf = ({ status, json }: Answer) => ({ status, invalidated: json['invalidated'] })

const snapshotOf = async ({ store }: RealNode): Promise<readonly TokenPair[]> =>
  structuredClone(await store.findByOwner({}))

/** The pairs that came, went or changed; none when nothing happened. */
function changesBetween(before: readonly TokenPair[], after: readonly TokenPair[]): readonly TokenPair[] {
  const isIn = (pairs: readonly TokenPair[]) => (pair: TokenPair) => pairs.some((each) => isDeepStrictEqual(each, pair))
  return [...before.filter((pair) => !isIn(after)(pair)), ...after.filter((pair) => !isIn(before)(pair))]
}

// A reason may quote 32 characters of a signature, as a node does.
const quotable = 40

/** What a log says that it should not: a token, SAML markup, who was named, a longer piece of what was sent. */
function givenAway(logText: string, logins: readonly Login[], sent: readonly string[]): readonly string[] {
  const tokens = logins.flatMap(({ accessToken, refreshToken }) => [accessToken, refreshToken])
  const markup = /<\/?[\w:]*(NameID|Assertion|Logout|Response|Signature)|\b(alice|victim|mallory)\b/.exec(logText) ?? []
  return [...tokens.filter((token) => logText.includes(token)), ...markup.slice(0, 1), ...piecesIn(logText, sent)]
}

function piecesIn(logText: string, sent: readonly string[]): readonly string[] {
  const starts = Array.from({ length: Math.max(0, logText.length - quotable) }, (_, start) => start)
  const pieces = starts.map((start) => logText.slice(start, start + quotable))
  return pieces.filter((piece) => sent.some((text) => text.includes(piece))).slice(0, 1)
}

/** The envelope of an error without a cause or headers. */
export const envelope = (status: number, type: string, reason: unknown): object => ({
  error: { root_cause: [{ type, reason }], type, reason },
  status,
})

const challenges = ['Basic realm="security" charset="UTF-8"', 'Bearer realm="security"', 'ApiKey']
const unauthenticated = {
  type: 'security_exception',
  reason:
    'unable to authenticate user [<unauthenticated-saml-user>] for action [cluster:admin/xpack/security/saml/authenticate]',
  header: { 'WWW-Authenticate': challenges },
}

/** What whoever offers a Response is told, whatever was wrong with it. */
export const unauthenticatedSaml = { error: { root_cause: [unauthenticated], ...unauthenticated }, status: 401 }
