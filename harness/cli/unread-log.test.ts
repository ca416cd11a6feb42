import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test, vi } from 'vitest'
import { httpGet } from '#server/http-get'
import { listen } from '#server/serve'
import {
  anyPorts,
  exitCode,
  firstLine,
  npmStart,
  type Sloop,
  spawnSloop,
  startCommand,
} from './sloop-process.test-support.ts'

const start = () => npmStart([...anyPorts, '--partners', '0', '--json'])

async function appOf({ stdout }: Pick<Sloop, 'stdout'>): Promise<string> {
  const { app } = JSON.parse(await firstLine(stdout))
  return `http://127.0.0.1:${new URL(app).port}`
}

/** What refused requests are answered, all sent at once; each is a line of some 400 octets in the log. */
async function answersOf(app: string, requests: number): Promise<readonly string[]> {
  const { hostname, port } = new URL(app)
  const ask = (connection: string) =>
    `GET /app/${'x'.repeat(300)} HTTP/1.1\r\nhost: ${hostname}\r\nkbn-xsrf: true\r\nconnection: ${connection}\r\n\r\n`
  const socket = connect(Number(port), hostname)
  socket.write(ask('keep-alive').repeat(requests - 1) + ask('close'))
  return (await text(socket)).match(/HTTP\/1\.1 \d+/g) ?? []
}

/** That many refusals. */
const refused = (requests: number): readonly string[] => Array.from({ length: requests }, () => 'HTTP/1.1 401')

function stopped(child: ChildProcess): Promise<number | null> {
  const code = exitCode(child)
  child.kill('SIGTERM')
  return code
}

// cases/robustness P1
test('a log that nobody reads holds up no answer, and says how many lines are missing to whoever reads it late', async () => {
  const child = start()
  expect(await answersOf(await appOf(child), 1000)).toEqual(refused(1000))
  const log = text(child.stderr)
  await once(child.stderr, 'data')
  expect(await stopped(child)).toBe(0)
  const lines = (await log).match(/^\{.*$/gm)?.map((line) => JSON.parse(line)) ?? []
  const [missing, ...others] = lines.filter(({ code }) => code === 'LINES_DROPPED')
  expect(others).toEqual([])
  expect(lines.length - 1 + missing.dropped).toBe(1000)
}, 60_000)

// cases/robustness P1
test('a log that nobody ever reads does not hold up the end', async () => {
  const child = start()
  expect(await answersOf(await appOf(child), 600)).toEqual(refused(600))
  expect(await stopped(child)).toBe(0)
}, 60_000)

// cases/robustness P2
test('a log on a full disk changes no answer', async () => {
  const full = openSync('/dev/full', 'w')
  onTestFinished(() => closeSync(full))
  const child = npmStart([...anyPorts, '--json'], full)
  expect(await answersOf(await appOf(child), 3)).toEqual(refused(3))
  expect(await stopped(child)).toBe(0)
}, 30_000)

test('a log whose reader has gone changes no answer', async () => {
  const child = start()
  const app = await appOf(child)
  child.stderr.destroy()
  expect(await answersOf(app, 3)).toEqual(refused(3))
  expect(await stopped(child)).toBe(0)
}, 30_000)

test('a log that has nowhere to go changes no answer', async () => {
  const child = spawnSloop('sh', ['-c', 'exec "$0" "$@" 2>&-', ...startCommand, ...anyPorts, '--json'])
  expect(await answersOf(await appOf(child), 3)).toEqual(refused(3))
  expect(await stopped(child)).toBe(0)
}, 30_000)

test('whoever was to read what is announced may have gone', async () => {
  const { port, close } = await listen({ host: '127.0.0.1', port: 0 })
  await close()
  const child = npmStart(['--idp-port', '0', '--es-port', '0', '--app-port', String(port), '--json'])
  child.stdout.destroy()
  const isReady = async () => (await httpGet(`http://127.0.0.1:${port}/_sloop/ready`)).status
  await vi.waitFor(async () => expect(await isReady()).toBe(200), 20_000)
  expect(await stopped(child)).toBe(0)
}, 30_000)
