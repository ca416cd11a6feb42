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

test('why others failed last is told as long as they fail', async () => {
  let failure: string | undefined
  const fetch = createReadiness('the metadata has not been loaded', () => failure).serve(() => new Response())
  const missing = async () => (await (await fetch(new Request('http://es.localhost/_sloop/ready'))).json()).missing
  expect(await missing()).toBe('the metadata has not been loaded')
  failure = 'connection refused'
  expect(await missing()).toBe('connection refused')
})

test('a role below the base path of a proxy tells it there', async () => {
  const fetch = createReadiness('the metadata has not been loaded').serve(() => new Response())
  expect((await fetch(new Request('http://proxy.localhost/kibana/_sloop/ready'))).status).toBe(503)
})
