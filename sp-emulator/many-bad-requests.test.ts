import { expect, test } from 'vitest'
import { alive, dead, realNode, tryTokens } from './real-node.test-support.ts'
import { carry, logoutQuery, logoutRequest, signed, strangerKey } from './realm/test-realm.test-support.ts'

const unsigned = carry(logoutRequest())
const byStranger = signed(unsigned, { key: strangerKey })
const ambiguous = `${logoutQuery()}&${unsigned}`
const expired = logoutQuery({ notOnOrAfter: Date.parse('2031-05-04T11:00:00Z') })
const kinds = [unsigned, byStranger, ambiguous, expired]

test('T84: among 200 bad requests at once the good one counts, once, and each bad one is logged once', async () => {
  const node = realNode()
  const [alice, victim] = [await node.login(), await node.login('victim', '_session2')]
  const memoryBefore = process.memoryUsage().rss
  const bad = Array.from({ length: 200 }, (_, index) => node.invalidate(kinds[index % kinds.length] ?? ''))
  const good = await node.invalidate(logoutQuery())
  expect(good.json).toMatchObject({ invalidated: 1 })
  const answers = await Promise.all(bad)
  expect(process.memoryUsage().rss - memoryBefore).toBeLessThan(64 * 2 ** 20)
  expect(countsOf(answers.map(({ status }) => status))).toEqual({ 400: 50, 500: 150 })
  expect(countsOf(node.logged.map(({ facts }) => (facts as { code: string }).code))).toEqual({
    SAML_UNSIGNED: 50,
    SAML_SIGNATURE: 50,
    SAML_QUERY_AMBIGUOUS: 50,
    SAML_EXPIRED: 50,
  })
  expect(await tryTokens(node, alice)).toEqual(dead)
  expect(await tryTokens(node, victim)).toEqual(alive)
})

function countsOf(values: readonly (string | number)[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1
  return counts
}
