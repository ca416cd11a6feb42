import { expect, onTestFinished, test } from 'vitest'
import { startRedisServer } from '#server/store/redis/redis-server.test-support'
import { startReplicas } from '../../../harness/replicas/replicas.test-support.ts'
import { whileInUse } from './while-in-use.test-support.ts'

test('while each of three replicas is told to stop and is started again in turn, no request of those who log in and out fails', async () => {
  const engine = await startRedisServer({ words: ['--appendonly', 'yes'] })
  onTestFinished(() => engine.stop())
  const answers: { status: number; asked: string }[] = []
  const replicas = await startReplicas(3, {
    store: engine.url,
    words: ['--drain-seconds', '2'],
    asksEveryMs: 200,
    onAnswer: (status, asked) => void answers.push({ status, asked }),
  })
  const codes: (number | null)[] = []
  const { logouts, surprises } = await whileInUse(replicas.urls, {
    people: ['alice', 'bob', 'carol'],
    work: async () => {
      for (const replica of replicas.each) {
        codes.push(await replica.stop())
        await replica.start()
      }
    },
  })
  expect(answers.filter(({ status }) => status === 0 || status >= 500)).toEqual([])
  expect([surprises, codes]).toEqual([[], codes.map(() => 0)])
  expect(replicas.each.flatMap((replica) => replica.mistakes())).toEqual([])
  expect(logouts).toBeGreaterThan(3)
}, 600_000)
