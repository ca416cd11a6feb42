import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { text } from 'node:stream/consumers'

/** The answer of a party on this machine, whatever its name and whoever vouches for it; undefined where nobody listens. */
export function ask(address: string): Promise<{ status: number | undefined; body: string } | undefined> {
  const { protocol, host, port, pathname } = new URL(address)
  const request = protocol === 'https:' ? requestHttps : requestHttp
  const options = {
    host: '127.0.0.1',
    port,
    path: pathname,
    headers: { host },
    rejectUnauthorized: false,
    agent: false,
  }
  return new Promise((resolve) => {
    request(options, async (answer) => resolve({ status: answer.statusCode, body: await text(answer) }))
      .once('error', () => resolve(undefined))
      .end()
  })
}
