import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { listen } from '#server/serve'
import { accepted, refused } from '../explain/explained.test-support.ts'
import { logoutRequest, signedUrl } from '../explain/pasted.test-support.ts'
import { endingOf } from './failure.ts'
import { createProgram } from './program.ts'

const url = await signedUrl()

interface Asked {
  readonly path: string
  readonly body: unknown
}

/** A server that answers each path with what is given for it, and what it was asked. */
async function server(answers: Readonly<Record<string, object>>) {
  const asked: Asked[] = []
  const listener = await listen({ host: '127.0.0.1', port: 0 })
  onTestFinished(() => listener.close())
  listener.mount(async (request) => {
    const { pathname: path } = new URL(request.url)
    asked.push({ path, body: await request.json() })
    const answer = answers[path]
    if (answer !== undefined) return Response.json(answer)
    return Response.json({ error: { type: 'noSuchParty', message: 'it does not run here' } }, { status: 422 })
  })
  return { at: listener.origin('idp.localhost'), asked }
}

async function explain(args: readonly string[], input = '') {
  const argv = ['explain', ...args]
  let [printed, exitCode] = ['', 0]
  const startRoles = () => Promise.reject(new TypeError('explain starts nothing'))
  try {
    const program = await createProgram(argv, {
      print: (text) => {
        printed += text
      },
      endWith: (code) => {
        exitCode = code
      },
      readInput: async () => input,
      ...{ stop: new AbortController().signal, startRoles },
    })
    await program.parseAsync(argv, { from: 'user' })
    return { printed, code: exitCode, message: '' }
  } catch (error) {
    return { printed, ...endingOf(error) }
  }
}

function file(content: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'sloop-explain-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'capture')
  writeFileSync(path, content)
  return path
}

test('an address is judged by the party that finds less wrong with it, and never opened', async () => {
  const { at, asked } = await server({ '/_sloop/es/explain': refused, '/_sloop/idp/explain': accepted })
  const { printed, code } = await explain([url, '--at', at, '--clock', '2031-05-04T12:00:00Z'])
  expect({ title: printed.split('\n')[0], code }).toEqual({ title: 'LogoutRequest by redirect: accepted', code: 0 })
  const body = { url, at: '2031-05-04T12:00:00Z' }
  expect(asked).toEqual([
    { path: '/_sloop/es/explain', body },
    { path: '/_sloop/idp/explain', body },
  ])
})

test('what is refused ends with 2, and as JSON is what the party said', async () => {
  const { at, asked } = await server({ '/_sloop/es/explain': refused })
  const { printed, code } = await explain([url, '--at', at, '--realm', 'saml1', '--json'])
  expect({ ...JSON.parse(printed), code }).toMatchObject({ ...refused, code: 2 })
  expect(asked.map(({ path }) => path)).toEqual(['/_sloop/es/explain'])
  expect(asked[0]?.body).toMatchObject({ realm: 'saml1' })
})

test('an IdP alone is asked alone', async () => {
  const { at } = await server({ '/_sloop/idp/explain': accepted })
  expect(await explain([url, '--at', at])).toMatchObject({ code: 0 })
})

test.each([
  ['an AuthnRequest', logoutRequest.replaceAll('LogoutRequest', 'AuthnRequest'), 'idp'],
  ['a Response', logoutRequest.replaceAll('LogoutRequest', 'Response'), 'es'],
])('%s is judged by whom it is for', async (_name, document, party) => {
  const { at, asked } = await server({ '/_sloop/es/explain': accepted, '/_sloop/idp/explain': accepted })
  await explain(['-', '--at', at], document)
  expect(asked).toMatchObject([{ path: `/_sloop/${party}/explain`, body: { document } }])
})

test('a file is read, be it a message or a capture', async () => {
  const { at } = await server({ '/_sloop/es/explain': accepted })
  const capture = { log: { entries: [{ request: { method: 'GET', url }, response: {} }] } }
  const one = await explain([file(`${url}\n`), '--at', at, '--json'])
  expect(JSON.parse(one.printed)).toMatchObject({ kind: 'LogoutRequest', notes: [] })
  const many = await explain([file(JSON.stringify(capture)), '--at', at, '--json'])
  expect(JSON.parse(many.printed)).toMatchObject({
    messages: [{ where: 'request 1, GET https://sp.test/slo' }],
    unread: [],
  })
})

test('a capture that is cut off ends with 1 where what there is of it is accepted', async () => {
  const { at } = await server({ '/_sloop/es/explain': accepted })
  const text = `{"log":{"entries":[{"request":{"url":"${url}"}},{"requ`
  const { printed, code } = await explain([file(text), '--at', at])
  expect(code).toBe(1)
  expect(printed).toContain(
    `\nNot read: it ends in the middle, at byte ${text.length}: what stood behind is not judged\n`,
  )
})

test.each([
  ['a file that is not there', ['capture.har'], 'there is no file [capture.har], and no SAML message in it as a text'],
  ['a folder', ['.'], 'cannot read .: it is a folder, expected a SAML message'],
  ['two messages', [`${url}&SAMLRequest=a`], 'the query has two messages, SAMLRequest twice: expected one'],
  [
    'an instant that is none',
    [url, '--clock', 'noon'],
    "option '--clock <instant>' argument 'noon' is invalid. It is like 2031-05-04T12:00:00Z.",
  ],
  [
    'two judges',
    [url, '--config', 'a.yml', '--metadata', 'b.xml'],
    '--config and --metadata each say who judges: expected one of them',
  ],
])('what cannot be read ends with 1 and one sentence: %s', async (_name, args, message) => {
  expect(await explain(args)).toEqual({ printed: '', code: 1, message: `sloop: ${message}\n` })
})

test.each([
  ['no message', ['-', '--scenario'], 'there is no SAML message: nothing was given'],
  [
    'a judge',
    [url, '--scenario', '--at', 'http://a.test'],
    '--at: with --scenario nobody is asked but a realm that is made for it, by --metadata at most',
  ],
  ['names alone', [url, '--keep-names'], '--keep-names is about the names in what --scenario writes'],
])('no scenario is made of what says too little or too much: %s', async (_name, args, message) => {
  expect(await explain(args)).toEqual({ printed: '', code: 1, message: `sloop: ${message}\n` })
})

test('where no server runs, the sentence says how to judge', async () => {
  const { code, message } = await explain([url, '--at', 'http://127.0.0.1:9'])
  expect(code).toBe(1)
  expect(message).toContain('Is sloop running there?')
})
