import { expect, onTestFinished, test } from 'vitest'
import { renewable } from './renewable-client.ts'

/** Clients that answer with their number, made one after the other; the third attempt fails. */
async function numbered() {
  const told: string[] = []
  let made = 0
  let lose = () => {}
  const make = async ({ onLost }: { onLost: () => void }) => {
    made += 1
    const number = made
    if (number === 3) throw new Error('not now')
    if (number === 1) lose = onLost
    return { send: async () => number, destroy: () => void told.push(`${number} destroyed`) }
  }
  const onFailed = ({ message }: Error) => void told.push(message)
  let current: { send: (key: string, words: readonly string[]) => Promise<unknown> } | undefined
  const answering: unknown[] = []
  const onNew = () => {
    told.push('new')
    void current?.send('', []).then((number) => answering.push(number))
  }
  const client = await renewable({ first: make, next: make, pauseMs: 1, graceMs: 20, onFailed, onNew })
  current = client
  onTestFinished(client.destroy)
  return { client, told, answering, lose: () => lose(), which: () => client.send('', []) }
}

test('a client that is of no use is used until there is another, and what it was asked has its time', async () => {
  const { client, told, which } = await numbered()
  client.renew()
  client.renew()
  expect(await which()).toBe(1)
  await expect.poll(which, { interval: 1 }).toBe(2)
  await expect.poll(() => told, { interval: 1 }).toEqual(['new', 'new', '1 destroyed'])
  client.renew()
  await expect.poll(which, { interval: 1 }).toBe(4)
  expect(told.filter((each) => each === 'not now')).toHaveLength(1)
})

test('what is said of one that was replaced replaces nobody', async () => {
  const { client, told, lose, which } = await numbered()
  lose()
  await expect.poll(which, { interval: 1 }).toBe(2)
  await expect.poll(() => told, { interval: 1 }).toContain('1 destroyed')
  lose()
  client.destroy()
  expect(told).toEqual(['new', 'new', '1 destroyed', '2 destroyed'])
})

test('who is told of another client asks that one', async () => {
  const { client, answering } = await numbered()
  client.renew()
  await expect.poll(() => answering, { interval: 1 }).toEqual([2])
})
