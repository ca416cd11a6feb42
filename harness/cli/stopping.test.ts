import { once } from 'node:events'
import { request } from 'node:http'
import { expect, test } from 'vitest'
import { anyPorts, exitCode, firstLine, npmStart } from './sloop-process.test-support.ts'

const authorization = `Basic ${Buffer.from('elastic:changeme').toString('base64')}`
const body = JSON.stringify({ realm: 'saml1' })

// cases/robustness S1
test.each(['SIGTERM', 'SIGINT'] as const)(
  'a call whose body is half sent when %s comes is answered, and the exit code is 0',
  async (signal) => {
    const child = npmStart([...anyPorts, '--json'])
    const { es } = JSON.parse(await firstLine(child.stdout))
    const headers = {
      authorization,
      expect: '100-continue',
      'content-type': 'application/json',
      'content-length': body.length,
    }
    const call = request(`${es}/_security/saml/prepare`, { method: 'POST', headers })
    const answer = once(call, 'response')
    call.flushHeaders()
    await once(call, 'continue')
    call.write(body.slice(0, 9))
    const ended = exitCode(child)
    child.kill(signal)
    // Nobody listens any more: the signal has been taken.
    await refused(es)
    call.end(body.slice(9))
    const [{ statusCode }] = await answer
    expect(statusCode).toBe(200)
    expect(await ended).toBe(0)
  },
  30_000,
)

async function refused(url: string): Promise<void> {
  for (;;) {
    const answer = await fetch(url).catch(() => undefined)
    if (answer === undefined) return
    await answer.arrayBuffer()
  }
}
