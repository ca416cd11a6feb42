import { request as ask } from 'node:http'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import type { NetworkAct } from './condition.ts'
import { behindNetwork, tellingBehind } from './front.test-support.ts'
import { startNetwork } from './network.ts'
import { connectTo, exchangeOctets } from './wire.test-support.ts'

// spec/logout-bugs.md 4.1, Network.

const signed = '/logout?SAMLRequest=a%2B&RelayState=&SigAlg=b%3A&Signature=c%2B'
const get = async (url: string) => (await fetch(url)).text()
const form = (body: string) => ({
  method: 'POST',
  body,
  headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
})

test.each<[NetworkAct, string]>([
  [{ query: 'reordered' }, '/logout?Signature=c%2B&SigAlg=b%3A&RelayState=&SAMLRequest=a%2B'],
  [{ query: 'lowerHex' }, '/logout?SAMLRequest=a%2b&RelayState=&SigAlg=b%3a&Signature=c%2b'],
  [{ query: 'withoutEmpty' }, '/logout?SAMLRequest=a%2B&SigAlg=b%3A&Signature=c%2B'],
  [{ query: 'plusToSpace', of: 'Signature' }, '/logout?SAMLRequest=a%2B&RelayState=&SigAlg=b%3A&Signature=c+'],
  [{ address: { path: '/other' } }, '/other?SAMLRequest=a%2B&RelayState=&SigAlg=b%3A&Signature=c%2B'],
])('%j is what arrives, and is told as having acted', async (does, target) => {
  const { url, targets, fired } = await tellingBehind(does)
  expect(await get(url + signed)).toBe('answer 1')
  expect(targets()).toEqual([target])
  expect(fired()).toEqual([1])
})

test('a query that loses its only parameter loses its question mark', async () => {
  const { url, targets } = await tellingBehind({ query: 'withoutEmpty' })
  await get(`${url}/logout?RelayState=`)
  expect(targets()).toEqual(['/logout'])
})

test('a rewriting that finds nothing to rewrite has not acted, and uses up none of its times', async () => {
  const { url, targets, fired } = await tellingBehind({ query: 'upperHex' }, { times: 1 })
  await get(url + signed)
  expect(fired()).toEqual([0])
  await get(`${url}/logout?a=%2b`)
  await get(`${url}/logout?a=%2b`)
  expect(targets().slice(1)).toEqual(['/logout?a=%2B', '/logout?a=%2b'])
  expect(fired()).toEqual([1])
})

test.each<[object, readonly string[]]>([
  [{ scheme: 'https' }, ['Host: app.test:1', 'x-forwarded-proto: https']],
  [
    { port: 8443 },
    ['Host: app.test:8443', 'x-forwarded-proto: http', 'X-Forwarded-Host: app.test:8443', 'X-Forwarded-Port: 8443'],
  ],
  [{ host: 'in.test' }, ['Host: in.test:1', 'x-forwarded-proto: http', 'X-Forwarded-Host: in.test:1']],
])('a party is told the address %j in the lines where proxies say it', async (address, lines) => {
  const { front, asked } = await tellingBehind({ address })
  const head = ['Host: app.test:1', 'x-forwarded-proto: http', 'X-Forwarded-Proto: http', 'Connection: close']
  await exchangeOctets(front.port, `GET / HTTP/1.1\r\n${head.join('\r\n')}\r\n\r\n`)
  const [{ headers = [] } = {}] = asked
  const told = headers.flatMap((name, at) => (at % 2 === 0 ? [`${name}: ${headers[at + 1]}`] : []))
  const given = head.filter((line) => line.startsWith('X-') && !('scheme' in address))
  expect(told.toSorted()).toEqual([...lines, ...given, 'Connection: close'].toSorted())
})

test.each<[NetworkAct, 'before' | 'after']>([
  [{ delayMs: 40 }, 'before'],
  [{ answerDelayMs: 40 }, 'after'],
])('%j holds an exchange back for that long, %s its party has acted', async (does, when) => {
  let arrived = 0
  const { url, fired } = await behindNetwork(
    (_request, response) => {
      arrived = performance.now()
      response.end()
    },
    [{ does }],
  )
  const begun = performance.now()
  await get(url)
  const took = when === 'before' ? arrived - begun : performance.now() - arrived
  expect(took).toBeGreaterThanOrEqual(39)
  expect(fired()).toEqual([1])
})

test('a delayed request arrives although its caller has given up', async () => {
  const { front, asked, fired } = await tellingBehind({ delayMs: 50 })
  const socket = await connectTo(front.port)
  socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
  await expect.poll(fired, { interval: 2 }).toEqual([1])
  socket.destroy()
  await expect.poll(() => asked.length, { interval: 5 }).toBe(1)
})

test.each<['request' | 'answer', number]>([
  ['request', 0],
  ['answer', 1],
])('a dropped %s leaves its caller without an answer until it gives up', async (drops, arrived) => {
  const { url, asked, fired } = await tellingBehind({ drops }, { times: 1 })
  const givingUp = new AbortController()
  let isHeld = true
  const held = fetch(url, { signal: givingUp.signal }).finally(() => {
    isHeld = false
  })
  await expect.poll(() => [fired()[0], asked.length], { interval: 2 }).toEqual([1, arrived])
  expect(await get(url)).toBe(`answer ${arrived + 1}`)
  expect(isHeld).toBe(true)
  givingUp.abort()
  await expect(held).rejects.toThrow('This operation was aborted')
  expect(fired()).toEqual([1])
})

test.each<['request' | 'answer', number]>([
  ['request', 0],
  ['answer', 1],
])('a reset in place of the %s is what the caller sees', async (resets, arrived) => {
  const { url, asked } = await tellingBehind({ resets })
  await expect(fetch(url)).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } })
  expect(asked).toHaveLength(arrived)
})

test('a duplicated request arrives twice with its body, one after the other, and the second answer is seen', async () => {
  const bodies: string[] = []
  const { url, fired } = await behindNetwork(
    async (request, response) => {
      bodies.push(await text(request))
      response.end(`answer ${bodies.length}`)
    },
    [{ does: { duplicates: true } }],
  )
  expect(await (await fetch(url, form('a=1'))).text()).toBe('answer 2')
  expect(bodies).toEqual(['a=1', 'a=1'])
  expect(fired()).toEqual([1])
})

test('a status is answered in place of the party', async () => {
  const { url, asked } = await tellingBehind({ status: 503 })
  const answer = await fetch(url, form('a=1'))
  expect([answer.status, await answer.text()]).toEqual([503, 'a condition of the network answers so\n'])
  expect(asked).toEqual([])
})

test('an address is answered 414 from one octet beyond the longest', async () => {
  const { url, targets, fired } = await tellingBehind({ longestUrl: 11 })
  expect((await fetch(`${url}/?345678910`)).status).toBe(200)
  const answer = await fetch(`${url}/?345678911x`)
  const sentence = 'the path and query have 12 octets, a condition of the network allows 11\n'
  expect([answer.status, await answer.text()]).toEqual([414, sentence])
  expect(targets()).toEqual(['/?345678910'])
  expect(fired()).toEqual([1])
})

test.each([
  ['/slo', ['/slo', '/slo?a=/slo']],
  ['/slo/*', ['/slo', '/slo?a=/slo', '/slo/', '/slo/soap']],
])('a condition for the path %s is about no other', async (path, meant) => {
  const { url, targets } = await tellingBehind({ status: 500 }, { path })
  const all = ['/slo', '/slo?a=/slo', '/slo/', '/slo/soap', '/slow', '/SLO', '/%73lo', '/a/slo', '/?/slo']
  for (const each of all) await exchangeOctets(Number(new URL(url).port), `GET ${each} HTTP/1.0\r\n\r\n`)
  expect(targets()).toEqual(all.filter((each) => !meant.includes(each)))
})

test('a condition for what carries a message is about the query and about posted forms', async () => {
  const { url, fired } = await tellingBehind({ status: 500 }, { carrying: 'SAMLResponse' })
  const others = ['?SAMLRequest=a', '?x=SAMLResponse=', '?SAMLResponses=a', '']
  for (const query of others) expect((await fetch(`${url}/${query}`)).status).toBe(200)
  expect((await fetch(url, { method: 'POST', body: 'SAMLResponse=a' })).status).toBe(200)
  expect((await fetch(url, form('SAMLRequest=a'))).status).toBe(200)
  expect(fired()).toEqual([0])
  expect((await fetch(`${url}/?a&SAMLResponse`)).status).toBe(500)
  expect((await fetch(url, form('RelayState=&SAMLResponse=a'))).status).toBe(500)
  expect(fired()).toEqual([2])
})

test('conditions act in their order, and none after one that ends the exchange', async () => {
  const { url, fired } = await behindNetwork(
    ({ url: target }, response) => void response.end(target),
    [
      { does: { query: 'lowerHex' } },
      { path: '/long', does: { address: { path: '/longer/than/it/was' } } },
      { does: { longestUrl: 16 } },
      { does: { query: 'reordered' } },
    ],
  )
  expect(await get(`${url}/short?a=%2B&b`)).toBe('/short?b&a=%2b')
  expect((await fetch(`${url}/long?a=%2B&b`)).status).toBe(414)
  expect(fired()).toEqual([2, 1, 1, 1])
})

test('an act for the first so many acts so often, also on requests at one time', async () => {
  const { url, fired } = await tellingBehind({ status: 500 }, { times: 2 })
  const answers = await Promise.all(Array.from({ length: 5 }, () => fetch(url)))
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 200, 200, 500, 500])
  expect(fired()).toEqual([2])
})

test.each<NetworkAct>([{ drops: 'request' }, { drops: 'answer' }, { delayMs: 60_000 }, { answerDelayMs: 60_000 }])(
  'a close does not wait for what %j holds back: its caller is cut off',
  async (does) => {
    const { url, front, asked, fired } = await tellingBehind(does)
    const held = fetch(url).catch(({ message }: Error) => message)
    const holdsAnswer = 'answerDelayMs' in does || does.drops === 'answer'
    await expect.poll(() => (holdsAnswer ? asked.length : fired()[0]), { interval: 2 }).toBe(1)
    const before = performance.now()
    await front.close()
    expect(await held).toBe('fetch failed')
    expect(performance.now() - before).toBeLessThan(1_000)
    expect(asked).toHaveLength(holdsAnswer ? 1 : 0)
  },
)

test('what nobody holds back is answered although its network lets go', async () => {
  const { promise: begun, resolve: begin } = withResolvers()
  const { promise: goingOn, resolve: goOn } = withResolvers()
  const { url, front } = await behindNetwork(
    async (_request, response) => {
      begin()
      await goingOn
      response.end('whole')
    },
    [{ does: { query: 'reordered' } }],
  )
  const answer = get(`${url}/?a=1&b=2`)
  await begun
  front.letGo()
  const closing = front.close()
  goOn()
  expect(await answer).toBe('whole')
  await closing
})

test('a caller that leaves a body half said is forgotten', async () => {
  const { front, asked, fired, url } = await tellingBehind({ duplicates: true })
  const socket = await connectTo(front.port)
  socket.end('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf')
  expect(await text(socket)).not.toContain('200')
  expect([asked.length, fired()]).toEqual([0, [0]])
  expect(await get(url)).toBe('answer 2')
})

test('a caller that says HEAD is told the head', async () => {
  const { url } = await tellingBehind({ delayMs: 1 })
  const status = await new Promise((resolve, reject) => {
    ask(url, { method: 'HEAD', agent: false }, (answer) => resolve(answer.resume().statusCode))
      .on('error', reject)
      .end()
  })
  expect(status).toBe(200)
})

test('nobody stands in front of a party that no condition is about', async () => {
  const { inFront, fired } = await startNetwork([{ to: 'idp', does: { status: 500 } }])
  expect(await inFront({ name: 'app', host: '127.0.0.1', port: 1 })).toBeUndefined()
  expect(fired()).toEqual([0])
})

test('nobody stands in front of a party that speaks TLS', async () => {
  const { inFront } = await startNetwork([{ to: 'idp', does: { status: 500 } }])
  await expect(inFront({ name: 'idp', host: '127.0.0.1', port: 1, tls: {} })).rejects.toMatchObject({
    name: 'ConfigError',
    message: 'network[0]: what stands in front of [idp] speaks plain HTTP, not TLS',
  })
})

function withResolvers() {
  let resolve: () => void = () => undefined
  const promise = new Promise<void>((done) => {
    resolve = done
  })
  return { promise, resolve }
}
