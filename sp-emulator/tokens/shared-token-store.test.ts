import { expect, test } from 'vitest'
import { settableClock } from '#server/clock'
import { inTurns } from '#server/store/redis/in-turns.test-support'
import { testStores } from '#server/store/stores.test-support'
import { createSharedTokenStore } from './shared-token-store.ts'
import { createTokenService } from './token-service.ts'
import { tokenStoreContract } from './token-store-contract.ts'
import { aliceMetadata, day, kibana, login, minute, noon } from './token-world.test-support.ts'

const { storeKinds, twoReplicas } = testStores()

for (const [kind, newStore] of storeKinds) {
  for (const { rule, check } of tokenStoreContract) {
    test(`${kind}: ${rule}`, () => check(createSharedTokenStore(newStore(), settableClock(2_000))))
  }
}

/** The token services of two replicas of a node, at noon by one clock. */
function twoNodes() {
  const clock = settableClock(noon)
  const turns = inTurns()
  const replicas = twoReplicas(turns.over)
  const nodes = replicas.map((replica) =>
    createTokenService({ store: createSharedTokenStore(replica.of('es'), clock), clock }),
  )
  const settled = async () => {
    for (const replica of replicas) await replica.replicas.settle()
    for (const replica of replicas) await replica.replicas.refresh()
  }
  return { clock, turns, nodes, settled, replicas }
}

/** Every order in which the so many commands of one and of the other can come. */
function orders(ofOne: number, ofOther: number): readonly (0 | 1)[][] {
  if (ofOne === 0 || ofOther === 0) return [[...Array(ofOne).fill(0), ...Array(ofOther).fill(1)]]
  const [first, second] = [orders(ofOne - 1, ofOther), orders(ofOne, ofOther - 1)]
  return [...first.map((rest) => [0 as const, ...rest]), ...second.map((rest) => [1 as const, ...rest])]
}

test('an invalidation at one replica ends what a refresh at another makes meanwhile, whichever command comes first (cases/robustness N3)', async () => {
  const { turns, nodes } = twoNodes()
  const [one, other] = nodes as [(typeof nodes)[0], (typeof nodes)[0]]
  let crossed = 0
  for (const order of orders(3, 4)) {
    const { refreshToken } = await login(one)
    let invalidated = 0
    const invalidate = async () => {
      invalidated = await other.invalidateMatching(aliceMetadata)
    }
    await turns.run([() => one.refresh(refreshToken, kibana), invalidate], order)
    expect(await one.findActive(aliceMetadata), order.join('')).toEqual([])
    crossed += invalidated - 1
  }
  // In some the refresh was first, in some the invalidation.
  expect(crossed).toBeGreaterThan(0)
  expect(crossed).toBeLessThan(orders(3, 4).length)
})

test('of two refreshes of one token at two replicas one makes a pair, and both answer it, whichever command comes first', async () => {
  const { turns, nodes } = twoNodes()
  const [one, other] = nodes as [(typeof nodes)[0], (typeof nodes)[0]]
  for (const order of orders(3, 3)) {
    const metadata = { nameid: 'alice', session: order.join('') }
    const { refreshToken } = await login(one, metadata)
    const answers: unknown[] = []
    const refreshAt = (node: typeof one) => async () => void answers.push(await node.refresh(refreshToken, kibana))
    await turns.run([refreshAt(one), refreshAt(other)], order)
    expect(answers[0]).toMatchObject({ kind: 'refreshed' })
    expect(answers[1]).toEqual(answers[0])
    expect(await other.findActive(metadata)).toHaveLength(2)
  }
})

test('whoever looks while another replica refreshes finds both pairs or the old one, at every moment', async () => {
  const { turns, nodes } = twoNodes()
  const [one, other] = nodes as [(typeof nodes)[0], (typeof nodes)[0]]
  for (const order of orders(3, 1)) {
    const metadata = { nameid: 'alice', session: order.join('') }
    const { refreshToken } = await login(one, metadata)
    await turns.run(
      [
        () => one.refresh(refreshToken, kibana),
        async () => {
          const [old, successor] = await other.findActive(metadata)
          expect(successor?.accessToken).toBe(old?.supersededBy?.accessToken)
        },
      ],
      order,
    )
  }
})

test('a pair that one replica made another one finds, judges, ends and, when a day is over, forgets', async () => {
  const { clock, nodes, settled } = twoNodes()
  const [one, other] = nodes as [(typeof nodes)[0], (typeof nodes)[0]]
  const [ended, left] = [await login(one), await login(one, { nameid: 'bob' })]
  await settled()
  expect(await other.authenticate(ended.accessToken)).toMatchObject({ kind: 'live' })
  expect(await other.invalidateMatching(aliceMetadata)).toBe(1)
  expect(await one.authenticate(ended.accessToken)).toEqual({ kind: 'expired' })
  clock.advance(day + minute)
  expect(await one.find(left.accessToken)).toMatchObject({ kind: 'found' })
  await other.invalidateOwnedBy({ username: 'nobody' })
  expect(await one.find(left.accessToken)).toEqual({ kind: 'unknown' })
  expect(await one.list()).toEqual([])
})

test('no token was ever issued at any replica until one issues the first', async () => {
  const { nodes, settled } = twoNodes()
  const [one, other] = nodes as [(typeof nodes)[0], (typeof nodes)[0]]
  const { accessToken } = await login(twoNodes().nodes[0] as typeof one)
  expect(await other.find(accessToken)).toEqual({ kind: 'no-index' })
  await login(one)
  await settled()
  expect(await other.find(accessToken)).toEqual({ kind: 'unknown' })
})
