import { expect, onTestFinished, test } from 'vitest'
import { systemClock } from '#server/clock'
import { httpGet } from '#server/http-get'
import { noJournal } from '#server/journal/party-journal'
import { type Log, silentLog } from '#server/logging'
import { type Fetch, type Listener, listen } from '#server/serve'
import { reachElasticsearch, runWebApp } from './run-web-app.ts'

async function socket(port = 0): Promise<Listener> {
  const listener = await listen({ host: '127.0.0.1', port })
  onTestFinished(() => listener.close())
  return listener
}

/** An application whose Elasticsearch is at `esUrl`, and its first complaint about it. */
async function application(esUrl: string) {
  const listener = await socket()
  const baseUrl = listener.origin('app.localhost')
  const givingUp = new AbortController()
  onTestFinished(() => givingUp.abort())
  let complain: (words: { failure: string; message: string }) => void = () => undefined
  const complaint = new Promise<{ failure: string; message: string }>((resolve) => {
    complain = resolve
  })
  const warn: Log['warn'] = (facts, message) => complain({ failure: '', ...facts, message })
  const place = {
    baseUrl,
    esUrl,
    elasticPassword: 'secret',
    name: 'app',
    clock: systemClock,
    journal: noJournal,
    log: { ...silentLog, warn },
  }
  const role = runWebApp(listener, place)
  const reached = reachElasticsearch(role, { ...place, signal: givingUp.signal })
  const readiness = async () => (await httpGet(`${baseUrl}/_sloop/ready`)).body
  return { baseUrl, complaint, reached, readiness }
}

async function elasticsearch(fetch: Fetch): Promise<string> {
  const listener = await socket()
  listener.mount(fetch)
  return listener.origin('localhost')
}

async function nobody(): Promise<{ esUrl: string; port: number }> {
  const listener = await listen({ host: '127.0.0.1', port: 0 })
  await listener.close()
  return { esUrl: listener.origin('localhost'), port: listener.port }
}

test('without its Elasticsearch the application starts, warns of it and says what is missing', async () => {
  const { esUrl } = await nobody()
  const { baseUrl, complaint, readiness } = await application(esUrl)
  const failure = `GET ${esUrl}/_security/_authenticate: connection refused`
  expect(await complaint).toEqual({
    failure,
    message: `reaching Elasticsearch at ${esUrl} for the application at ${baseUrl} failed, trying again`,
  })
  expect(JSON.parse(await readiness())).toEqual({ ready: false, missing: failure })
  expect((await httpGet(`${baseUrl}/security/logged_out`)).body).toContain('<h1>')
})

test('the application finds an Elasticsearch that starts later', async () => {
  const { esUrl, port } = await nobody()
  const { complaint, reached } = await application(esUrl)
  await complaint
  const late = await socket(port)
  late.mount(() => new Response('{}'))
  await expect(reached).resolves.toBeUndefined()
})

test('Elasticsearch is asked as the user elastic', async () => {
  let asked: string | null = ''
  const esUrl = await elasticsearch((request) => {
    asked = request.headers.get('authorization')
    return new Response('{}')
  })
  await (await application(esUrl)).reached
  expect(asked).toBe(`Basic ${Buffer.from('elastic:secret').toString('base64')}`)
})

test.each([
  [401, 'refuses the user elastic with 401'],
  [404, 'answers 404, expected an Elasticsearch'],
  [429, 'answers 429, expected an Elasticsearch'],
  [503, 'answers 503, expected an Elasticsearch'],
])('an answer %d does not let the application in', async (status, words) => {
  const esUrl = await elasticsearch(() => new Response('{}', { status }))
  expect(await (await application(esUrl)).complaint).toMatchObject({ failure: `[${esUrl}] ${words}` })
})
