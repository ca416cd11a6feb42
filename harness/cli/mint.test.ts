import { expect, onTestFinished, test, vi } from 'vitest'
import { listen } from '#server/serve'
import { endingOf } from './failure.ts'
import { createProgram } from './program.ts'

interface Asked {
  readonly method: string
  readonly path: string
  readonly token: string | null
  readonly type: string | null
  readonly body: unknown
}

const minted = {
  id: '_1',
  kind: 'LogoutRequest',
  binding: 'redirect',
  url: 'http://app/slo?t=1&S=2',
  queryString: 't=1&S=2',
}

/** A server that answers every call alike, and what it was asked. */
async function server(answer: unknown = minted, status = 201) {
  const asked: Asked[] = []
  const listener = await listen({ host: '127.0.0.1', port: 0 })
  onTestFinished(() => listener.close())
  listener.mount(async (request) => {
    const { pathname: path } = new URL(request.url)
    const { method, headers } = request
    asked.push({
      method,
      path,
      token: headers.get('authorization'),
      type: headers.get('content-type'),
      body: await request.json(),
    })
    return typeof answer === 'string' ? new Response(answer, { status }) : Response.json(answer, { status })
  })
  return { at: listener.origin('idp.localhost'), asked, close: () => listener.close() }
}

async function mint(...args: string[]) {
  const argv = ['mint', ...args]
  let printed = ''
  const print = (text: string) => {
    printed += text
  }
  const startRoles = () => Promise.reject(new TypeError('mint starts nothing'))
  try {
    const program = await createProgram(argv, { print, stop: new AbortController().signal, startRoles })
    await program.parseAsync(argv, { from: 'user' })
    return { printed, code: 0, message: '' }
  } catch (error) {
    return { printed, ...endingOf(error) }
  }
}

test('prints the address that takes the message to the application', async () => {
  const { at, asked } = await server()
  const ending = await mint('LogoutRequest', '--at', `${at}/labs/7/`, '--to', 'urn:my-app', '--session', '-s')
  expect(ending).toEqual({ printed: 'http://app/slo?t=1&S=2\n', code: 0, message: '' })
  expect(asked).toEqual([
    {
      ...{ method: 'POST', path: '/labs/7/_sloop/idp/messages', token: null, type: 'application/json' },
      body: { kind: 'LogoutRequest', to: 'urn:my-app', session: '-s' },
    },
  ])
})

test('every field of the contract can be said, by a flag or as name=value', async () => {
  const { at, asked } = await server()
  const flags = [
    '--binding',
    'post',
    '--relay-state',
    '5',
    '--in-response-to',
    '_2',
    '--status',
    'Responder',
    '--status',
    'PartialLogout',
  ]
  const changes = ['--change', 'signature=none', '--change', 'escapes.sent=lower']
  const words = ['to=urn:my-app', 'nameId.value=alice', 'sessionIndex=null', 'at=2031-05-04T12:00:00Z']
  await mint('Response', ...words, '--at', at, ...flags, ...changes)
  expect(asked[0]?.body).toEqual({
    ...{
      kind: 'Response',
      to: 'urn:my-app',
      nameId: { value: 'alice' },
      sessionIndex: null,
      at: '2031-05-04T12:00:00Z',
    },
    ...{ binding: 'post', relayState: '5', inResponseTo: '_2', status: ['Responder', 'PartialLogout'] },
    change: { signature: 'none', escapes: { sent: 'lower' } },
  })
})

const form = { action: 'http://app/slo', fields: { SAMLRequest: 'PA==' } }
test.each<[string[], object, string]>([
  [['--query-string'], minted, 't=1&S=2'],
  [['--json'], minted, JSON.stringify(minted)],
  [[], { binding: 'post', form }, JSON.stringify(form)],
  [[], { binding: 'soap', endpoint: 'http://app/soap', envelope: '<soap:Envelope/>' }, '<soap:Envelope/>'],
])('prints what is given on, and more when asked: %j', async (flags, answer, printed) => {
  const { at } = await server(answer)
  expect(await mint('LogoutRequest', '--at', at, ...flags)).toMatchObject({ printed: `${printed}\n`, code: 0 })
})

test('the address and the token come from the environment too', async () => {
  const { at, asked } = await server()
  onTestFinished(() => void vi.unstubAllEnvs())
  vi.stubEnv('SLOOP_AT', at)
  vi.stubEnv('SLOOP_CONTROL_TOKEN', 'secret')
  expect(await mint('LogoutRequest')).toMatchObject({ code: 0 })
  expect(asked[0]?.token).toBe('Bearer secret')
  await mint('LogoutRequest', '--token', 'other')
  expect(asked[1]?.token).toBe('Bearer other')
})

test.each<[unknown, number, string]>([
  [
    { error: { type: 'noSuchSession', message: 'session: there is no session [s], did you mean t?', path: 'session' } },
    404,
    'noSuchSession: session: there is no session [s], did you mean t?',
  ],
  [
    { error: { type: 'tokenNeeded', message: 'the token\u001b is missing' } },
    401,
    'tokenNeeded: the token\\u001b is missing',
  ],
  [{ error: null }, 500, 'POST AT: answered with 500, and not as a control API does'],
  ['<html>', 404, 'POST AT: answered with 404, and not as a control API does'],
  ['<html>', 200, 'POST AT: answered with 200, and not as a control API does'],
  ['', 302, 'POST AT: answered with 302, and not as a control API does'],
])('what the server refuses is said in its own sentence: %j', async (answer, status, sentence) => {
  const { at } = await server(answer, status)
  const says = sentence.replace('AT', `${at}/_sloop/idp/messages`)
  expect(await mint('LogoutRequest', '--at', at)).toEqual({ printed: '', code: 1, message: `sloop: ${says}\n` })
})

test('a server that does not run is named, with what to do', async () => {
  const { at, close } = await server()
  await close()
  const says = `POST ${at}/_sloop/idp/messages: connection refused. Is sloop running there? It is started by [sloop up], and --at says where it is`
  expect(await mint('LogoutRequest', '--at', at)).toEqual({ printed: '', code: 1, message: `sloop: ${says}\n` })
})

test('the query of what goes by POST is not made up', async () => {
  const { at } = await server({ binding: 'post', form })
  const says = '--query-string: what goes by post has none, only what goes by redirect'
  expect(await mint('LogoutRequest', '--at', at, '--query-string')).toMatchObject({
    code: 1,
    message: `sloop: ${says}\n`,
  })
})

test.each<[string[], string]>([
  [[], "missing required argument 'kind'"],
  [['LogoutRequest', 'session'], '[session]: expected name=value, such as nameId.value=alice'],
  [['LogoutRequest', '--to', 'a', 'to=b'], 'to: it is said twice, found ["a"] before'],
  [['LogoutRequest', '--change', 'none'], '[none]: expected name=value, such as nameId.value=alice'],
  [['LogoutRequest', '--chnage', 'a=b'], "unknown option '--chnage' (did you mean --change?)"],
  [['LogoutRequest', '--json', '--query-string'], "option '--query-string' cannot be used with option '--json'"],
  [
    ['LogoutRequest', '--at', 'idp:7070'],
    "option '--at <url>' argument 'idp:7070' is invalid. It must begin with http:// or https://.",
  ],
])('what cannot be understood is refused before anybody is called: %j', async (args, sentence) => {
  expect(await mint(...args)).toEqual({ printed: '', code: 1, message: `sloop: ${sentence}\n` })
})
