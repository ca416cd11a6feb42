import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import { answerInLines } from './answer-in-lines.ts'
import { ConfigError } from './config-error.ts'
import { rawQuery } from './raw-query.ts'
import { type ReadBody, readBody } from './read-body.ts'
import { type Fetch, type Listener, listen } from './serve.ts'

async function listening(fetch?: Fetch): Promise<Listener> {
  const listener = await listen({ host: '127.0.0.1', port: 0 })
  onTestFinished(() => listener.close())
  if (fetch !== undefined) listener.mount(fetch)
  return listener
}

function get(listener: Listener, path: string): Promise<Response> {
  return fetch(`${listener.origin('127.0.0.1')}${path}`)
}

/** Sends octets that no HTTP client would, and returns everything the server says. */
function exchange(listener: Listener, octets: string, encoding: BufferEncoding = 'utf8'): Promise<string> {
  const socket = connect(listener.port, '127.0.0.1').setEncoding(encoding)
  socket.end(octets)
  return text(socket)
}

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve: () => void = () => undefined
  const promise = new Promise<void>((settle) => {
    resolve = settle
  })
  return { promise, resolve }
}

test('answers 503 until a server is mounted', async () => {
  const response = await get(await listening(), '/metadata')
  expect(response.status).toBe(503)
  expect(await response.text()).toBe('Starting. Try again in a moment.\n')
})

test('answers with the mounted server', async () => {
  const listener = await listening((request) => new Response(`${request.method} ${request.url}`))
  expect(await (await get(listener, '/sso?a=1')).text()).toBe(`GET http://127.0.0.1:${listener.port}/sso?a=1`)
})

test('the origin has the free port that was picked', async () => {
  const listener = await listening()
  expect(listener.port).toBeGreaterThan(0)
  expect(listener.origin('idp.localhost')).toBe(`http://idp.localhost:${listener.port}`)
})

test('the query reaches the server with the octets as received', async () => {
  const listener = await listening((request, env) => new Response(rawQuery(request, env)))
  const answer = await exchange(
    listener,
    `GET /slo?a='%2b&b=/../c HTTP/1.1\r\nHost: sp.test\r\nConnection: close\r\n\r\n`,
  )
  expect(answer).toMatch(/\r\n\r\na='%2b&b=\/\.\.\/c$/)
})

test('an absolute-form target is answered, and its query kept', async () => {
  const listener = await listening((request, env) => new Response(rawQuery(request, env)))
  const answer = await exchange(
    listener,
    'GET http://evil.test/slo?a=%2b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
  )
  expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n.*\r\n\r\na=%2b$/s)
})

test.each([
  ['a Host that is no host', 'GET / HTTP/1.1\r\nHost: a b@c/d\r\nConnection: close\r\n\r\n'],
  ['an empty Host', 'GET / HTTP/1.1\r\nHost: \r\nConnection: close\r\n\r\n'],
  ['no Host', 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n'],
  ['a target that is no path', 'OPTIONS * HTTP/1.1\r\nHost: sp.test\r\nConnection: close\r\n\r\n'],
  ['an absolute form that is no URL', 'GET http://[/ HTTP/1.1\r\nHost: sp.test\r\nConnection: close\r\n\r\n'],
  ['a backslash in the path', 'GET /\\evil HTTP/1.1\r\nHost: sp.test\r\nConnection: close\r\n\r\n'],
  ['no HTTP at all', '\u0016\u0003\u0001\r\n\r\n'],
])('answers 400 and goes on serving: %s', async (_case, octets) => {
  const listener = await listening(() => new Response('served'))
  expect(await exchange(listener, octets)).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/)
  expect(await (await get(listener, '/')).text()).toBe('served')
})

test.each<[string, Fetch]>([
  [
    'throws',
    () => {
      throw new Error('secret detail')
    },
  ],
  ['rejects', () => Promise.reject(new Error('secret detail'))],
])('a server that %s is a 500 without detail', async (_how, failing) => {
  const response = await get(await listening(failing), '/')
  expect(response.status).toBe(500)
  expect(await response.text()).toBe('Internal error\n')
})

test('a header with several lines reaches the wire as several', async () => {
  const headers = [
    ['X-A', '1'],
    ['X-B', '2'],
    ['X-A', '3, 4'],
  ] as const
  const listener = await listening((_request, env) => answerInLines('body', { status: 200, headers }, env))
  const answer = await exchange(listener, 'GET / HTTP/1.1\r\nHost: sp.test\r\nConnection: close\r\n\r\n')
  expect(answer.match(/^x-.*$/gim)?.sort()).toEqual(['X-A: 1', 'X-A: 3, 4', 'X-B: 2'])
})

test('an answer in lines is told as long as it is in octets, and the connection is kept', async () => {
  const head = { status: 201, headers: [['Warning', '299 - "\u00e9"']] } as const
  const listener = await listening((_request, env) => answerInLines('h\u00e9 \u{1f511}', head, env))
  const request = 'GET / HTTP/1.1\r\nHost: sp.test\r\n'
  const octets = await exchange(listener, `${request}\r\n${request}Connection: close\r\n\r\n`, 'latin1')
  const answers = octets.split(/(?=HTTP\/1\.1 )/)
  for (const answer of answers) {
    expect(answer).toMatch(/^HTTP\/1\.1 201 Created\r\nWarning: 299 - "\u00e9"\r\ncontent-length: 8\r\n/)
    expect(Buffer.from(answer.slice(-8), 'latin1').toString()).toBe('h\u00e9 \u{1f511}')
  }
  expect(answers).toHaveLength(2)
})

test('an answer without a text has none', async () => {
  const head = { status: 413, headers: [] }
  const listener = await listening((_request, env) => answerInLines(null, head, env))
  const answer = await get(listener, '/')
  expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([413, null, ''])
})

test('a header that no line can hold is an internal error', async () => {
  const head = { status: 200, headers: [['X-A', 'a\r\nX-B: b']] } as const
  const listener = await listening((_request, env) => answerInLines('body', head, env))
  const answer = await get(listener, '/')
  expect([answer.status, answer.headers.get('x-b')]).toEqual([500, null])
})

test('takes a request line of 40 000 octets', async () => {
  const listener = await listening((request, env) => new Response(String(rawQuery(request, env).length)))
  expect(await (await get(listener, `/slo?${'a'.repeat(40_000)}`)).text()).toBe('40000')
})

test('a taken port is one sentence', async () => {
  const { port } = await listening()
  await expect(listen({ host: '127.0.0.1', port })).rejects.toThrow(
    new ConfigError(
      `port ${port} on 127.0.0.1 is taken by another program; stop that one or choose another port (0 picks a free one)`,
    ),
  )
})

test('an address of another machine is one sentence', async () => {
  await expect(listen({ host: '192.0.2.1', port: 0 })).rejects.toThrow(
    new ConfigError('cannot listen on 192.0.2.1:0: 192.0.2.1 is no address of this machine'),
  )
})

test.each(['', ' '])('a blank address is refused, not taken for every address of the machine: [%s]', async (host) => {
  await expect(listen({ host, port: 0 })).rejects.toThrow(
    new ConfigError(`host: expected an address to listen on, found [${host}]`),
  )
})

test('closing ends kept-alive connections, and closing twice is closing once', async () => {
  const listener = await listen({ host: '127.0.0.1', port: 0 })
  listener.mount(() => new Response('served'))
  await (await get(listener, '/')).text()
  await Promise.all([listener.close(), listener.close()])
  await expect(get(listener, '/')).rejects.toThrow('fetch failed')
})

test('closing ends an answer that never ends', async () => {
  const listener = await listen({ host: '127.0.0.1', port: 0, closeGraceMs: 10 })
  listener.mount(() => new Response(new ReadableStream({ start: (stream) => stream.enqueue(new Uint8Array(1)) })))
  const response = await get(listener, '/events')
  await listener.close()
  await expect(response.text()).rejects.toThrow('terminated')
})

test.each(['Content-Length: 1000', 'Transfer-Encoding: chunked'])(
  'a body whose connection ends in the middle of it is told from one that fails: %s',
  async (header) => {
    let tell: (body: ReadBody) => void = () => undefined
    const body = new Promise<ReadBody>((resolve) => {
      tell = resolve
    })
    const listener = await listening(async (request) => {
      const reading = readBody(request, 2000)
      socket.destroy()
      tell(await reading)
      return new Response()
    })
    const socket = connect(listener.port, '127.0.0.1')
    socket.write(`POST / HTTP/1.1\r\nHost: sp.test\r\n${header}\r\n\r\n4\r\nuser\r\n`)
    expect(await body).toBe('incomplete')
  },
)

// cases/robustness S1
test('a request that is half sent when closing begins gets its answer, and its connection ends with that', async () => {
  const listener = await listen({ host: '127.0.0.1', port: 0 })
  const { promise: reached, resolve: reach } = deferred()
  listener.mount(async (request) => {
    reach()
    return new Response(String((await readBody(request, 2000)).length))
  })
  const socket = connect(listener.port, '127.0.0.1')
  socket.write('POST / HTTP/1.1\r\nHost: sp.test\r\nContent-Length: 8\r\n\r\nhalf')
  await reached
  const closed = listener.close()
  socket.write('sent')
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 200 OK\r\n.*\r\n\r\n8$/s)
  await closed
})

test('closing does not wait for a connection on which nobody has said anything', async () => {
  const listener = await listen({ host: '127.0.0.1', port: 0, closeGraceMs: 60_000 })
  const socket = connect(listener.port, '127.0.0.1')
  await once(socket, 'connect')
  await (await get(listener, '/')).text()
  await listener.close()
  expect(await text(socket)).toBe('')
})

test('closing waits no longer than the last answer takes, also on a connection that is kept alive', async () => {
  const listener = await listen({ host: '127.0.0.1', port: 0, closeGraceMs: 60_000 })
  const { promise: reached, resolve: reach } = deferred()
  const { promise: answered, resolve: answer } = deferred()
  listener.mount(async () => {
    reach()
    await answered
    return new Response('served')
  })
  const response = get(listener, '/')
  await reached
  const closed = listener.close()
  answer()
  expect(await (await response).text()).toBe('served')
  await closed
})
