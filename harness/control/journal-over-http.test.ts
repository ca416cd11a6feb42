import { Agent, request as send } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import { controlledIdp } from './control.test-support.ts'
import { journalScene, request } from './journal-scene.test-support.ts'

const { parties, url, note } = await journalScene()
const journal = `${url}/_sloop/journal`

/** Opens a stream and answers how to read on in it. */
async function open(path = '/stream', headers: Record<string, string> = {}) {
  const leaving = new AbortController()
  onTestFinished(() => leaving.abort())
  const answer = await fetch(journal + path, { headers, signal: leaving.signal })
  const reader = answer.body?.getReader()
  let rest = ''
  const next = async () => {
    while (!rest.includes('\n\n')) rest += new TextDecoder().decode((await reader?.read())?.value)
    const end = rest.indexOf('\n\n') + 2
    const event = rest.slice(0, end)
    rest = rest.slice(end)
    return event
  }
  return { answer, next }
}

test('events carry the seq as id and the entry as data, from the next entry on', async () => {
  note(request)
  const { answer, next } = await open()
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/event-stream'])
  expect(await next()).toBe(': what happens from now on\n\n')
  const seq = note({ ...request, id: '_2' })
  const [, data = ''] = new RegExp(`^id: ${seq}\ndata: (.*)\n\n$`).exec(await next()) ?? []
  expect(JSON.parse(data)).toEqual(await (await fetch(`${journal}/${seq}`)).json())
})

test('who comes back goes on behind what it had last, and is told first what has fallen out', async () => {
  const seq = note(request)
  note({ ...request, id: '_2' })
  const back = await open(`/stream?after=${seq - 1}`, { 'last-event-id': String(seq) })
  await back.next()
  expect(await back.next()).toMatch(new RegExp(`^id: ${seq + 1}\n`))
  parties.journal.reset()
  const late = await open(`/stream?after=${seq - 1}`)
  await late.next()
  const told = '{"count":2,"message":"2 entries had fallen out of the journal already"}'
  expect(await late.next()).toBe(`event: gap\ndata: ${told}\n\n`)
  expect(await late.next()).toMatch(new RegExp(`^id: ${seq + 2}\n`))
})

test('all who read along are given the same octets, encoded once', async () => {
  const { fetch: serve, parties: others } = await controlledIdp()
  const readers = await Promise.all(
    [1, 2].map(async () => {
      const answer = await serve(new Request('http://idp.localhost:7070/_sloop/journal/stream'))
      const reader = answer.body?.getReader()
      await reader?.read()
      return reader
    }),
  )
  const reading = readers.map((reader) => reader?.read())
  others.journal.of('idp', others.clocks.get('idp')).note(request)
  const [one, other] = await Promise.all(reading)
  expect(one?.value?.byteLength).toBeGreaterThan(100)
  expect(one?.value).toBe(other?.value)
  await Promise.all(readers.map((reader) => reader?.cancel()))
})

test('who only asks how a stream is answered is given none', async () => {
  const answer = await fetch(`${journal}/stream`, { method: 'HEAD' })
  expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([
    200,
    'text/event-stream',
    '',
  ])
})

test.each([
  ['application/x-ndjson', 'application/x-ndjson', /^\{"seq":\d+,.*\}\n\{"seq":\d+,.*\}\n$/],
  ['application/json;q=0.1, application/har+json', 'application/har+json', /^\{"log":\{"version":"1.2",/],
  ['text/vnd.mermaid', 'text/vnd.mermaid', /^sequenceDiagram\n/],
  ['text/html, */*;q=0.8', 'application/json', /^\{"entries":\[/],
  ['text/vnd.mermaid;q=0', 'application/json', /^\{"entries":\[/],
])('entries are written as the caller accepts them: %s', async (accept, type, written) => {
  note(request)
  const answer = await fetch(journal, { headers: { accept } })
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, type])
  expect(await answer.text()).toMatch(written)
})

test('what did not come in time leaves the connection as it is, and asks nobody to come again', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  onTestFinished(() => agent.destroy())
  const ports = [await wait(agent), await wait(agent)].map(({ status, headers, port }) => {
    expect([status, headers['connection'], headers['retry-after']]).toEqual([408, 'keep-alive', undefined])
    return port
  })
  expect(ports[0]).toBe(ports[1])
})

function wait(agent: Agent) {
  return new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; port: number }>((resolve, reject) => {
    const headers = { 'content-type': 'application/json' }
    send(`${journal}/wait`, { method: 'POST', agent, headers }, (answer) => {
      const port = answer.socket.localPort ?? 0
      answer.resume().once('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, port }))
    })
      .once('error', reject)
      .end('{"match":{"id":"_none"},"timeoutMs":1}')
  })
}

const match = { id: '_1' }
test.each([
  ['GET', '?what=LogoutReqest', undefined, 'what', 'expected one of'],
  ['GET', '?limit=0', undefined, 'limit', 'expected a whole number from 1 to 10000'],
  ['GET', '?limit=10001', undefined, 'limit', 'expected a whole number from 1 to 10000'],
  ['GET', '?after=1.5', undefined, 'after', 'expected a whole number from 0'],
  ['GET', '?after=99999999999999999999', undefined, 'after', 'expected a whole number from 0'],
  ['GET', '?accepted=maybe', undefined, 'accepted', 'expected true or false'],
  ['GET', '?direction=in', undefined, 'direction', 'expected one of'],
  ['GET', '?usr=alice', undefined, 'usr', 'unknown key, did you mean user?'],
  ['GET', '/stream?after=-1', undefined, 'after', 'expected a whole number from 0'],
  ['POST', '/wait', {}, 'match', 'found nothing'],
  ['POST', '/wait', { match: {} }, 'match', 'expected at least one field, found none'],
  ['POST', '/wait', { match: { inResponseto: '_1' } }, 'match.inResponseto', 'did you mean inResponseTo?'],
  ['POST', '/wait', { match: { what: 'Logout' } }, 'match.what', 'expected one of'],
  ['POST', '/wait', { match: { refusal: { cod: 'x' } } }, 'match.refusal.cod', 'did you mean code?'],
  ['POST', '/wait', { match, timeoutMs: -1 }, 'timeoutMs', 'expected a number of at least 0'],
  ['POST', '/wait', { match, timeoutMs: 600_001 }, 'timeoutMs', 'expected a number of at most 600000'],
  ['POST', '/wait', { match, after: 'x' }, 'after', 'expected a number'],
  ['POST', '/verify', {}, 'match', 'found nothing; or inOrder or everyRequestAnswered in its place'],
  ['POST', '/verify', { match, inOrder: [match] }, 'inOrder', 'match says already what is verified'],
  ['POST', '/verify', { match, count: 1, atMost: 2 }, 'atMost', 'count says this already'],
  ['POST', '/verify', { match, atLeast: 3, atMost: 2 }, 'atMost', 'expected at least 3, as atLeast says'],
  ['POST', '/verify', { inOrder: [match], count: 1 }, 'count', 'it counts what matches, and there is no match'],
  ['POST', '/verify', { inOrder: [] }, 'inOrder', 'too small'],
  ['POST', '/verify', { everyRequestAnswered: false }, 'everyRequestAnswered', 'expected one of true'],
])('%s %s %j is refused by its path', async (method, path, given, field, says) => {
  const body =
    given === undefined ? {} : { body: JSON.stringify(given), headers: { 'content-type': 'application/json' } }
  const answer = await fetch(journal + path, { method, ...body })
  const { error } = await answer.json()
  expect([answer.status, error.type, error.path]).toEqual([400, 'invalid', field])
  expect(error.message.toLowerCase()).toContain(says.toLowerCase())
})

test.each([
  ['GET', '/wait', 'POST'],
  ['POST', '/stream', 'GET'],
  ['DELETE', '/5', 'GET'],
])('%s %s is no operation, and those that are are named', async (method, path, allowed) => {
  const answer = await fetch(journal + path, { method })
  expect([answer.status, answer.headers.get('allow')]).toEqual([405, allowed])
})

test('empty parameters say nothing', async () => {
  note(request)
  const empty = '?what=LogoutRequest&from=idp&id=&inResponseTo=&user=&party=&direction=&accepted=&after=&limit='
  const { entries } = await (await fetch(journal + empty)).json()
  expect(entries).toHaveLength(1)
})
