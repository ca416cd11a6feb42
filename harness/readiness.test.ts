import { expect, test } from 'vitest'
import { createReadiness } from './readiness.ts'

const waiting = () => {
  const readiness = createReadiness('the metadata has not been loaded')
  const fetch = readiness.serve(() => new Response('page'))
  const ask = async (path: string) => {
    const answer = await fetch(new Request(`http://app.localhost${path}`))
    return { status: answer.status, body: await answer.text() }
  }
  return { ...readiness, ask }
}

test('what is missing is told with 503 while the role answers everything else', async () => {
  const { ask } = waiting()
  expect(await ask('/_sloop/ready')).toEqual({
    status: 503,
    body: '{"ready":false,"missing":"the metadata has not been loaded"}',
  })
  expect(await ask('/')).toEqual({ status: 200, body: 'page' })
})

test('an attempt that fails tells what is missing, and fails for its caller too', async () => {
  const { ask, attempt } = waiting()
  const refused = new Error('GET http://idp.test/: connection refused')
  await expect(attempt(() => Promise.reject(refused))).rejects.toBe(refused)
  expect((await ask('/_sloop/ready')).body).toBe('{"ready":false,"missing":"GET http://idp.test/: connection refused"}')
})

test('nothing is missing once the role is declared ready', async () => {
  const { ask, attempt, declareReady } = waiting()
  expect(await attempt(async () => 'loaded')).toBe('loaded')
  declareReady()
  expect(await ask('/_sloop/ready')).toEqual({ status: 200, body: '{"ready":true}' })
})
