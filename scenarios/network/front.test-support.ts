import type { RequestListener } from 'node:http'
import { onTestFinished } from 'vitest'
import type { NetworkAct, NetworkCondition } from './condition.ts'
import { startNetwork } from './network.ts'
import { startServer } from './small-server.test-support.ts'

export type Given = Omit<NetworkCondition, 'to'>

/** A server with a network in front of it; without conditions there is one that never acts. */
export async function behindNetwork(answer: RequestListener, given: readonly Given[] = [idle]) {
  const conditions = given.map((condition) => ({ to: 'app', ...condition }))
  const { inFront, fired } = await startNetwork(conditions)
  const own = await startServer(answer)
  const front = await inFront({ name: 'app', host: '127.0.0.1', port: own })
  if (front === undefined) throw new Error('nobody stands in front')
  onTestFinished(() => front.close())
  return { own, front, fired, url: `http://127.0.0.1:${front.port}` }
}

const idle: Given = { path: '/never', does: { drops: 'request' } }

/** A server that tells what it was asked, with one condition in front of it. */
export async function tellingBehind(does: NetworkAct, more: Partial<Given> = {}) {
  const asked: { readonly target: string; readonly headers: readonly string[] }[] = []
  const front = await behindNetwork(
    (request, response) => {
      asked.push({ target: request.url ?? '', headers: request.rawHeaders })
      response.end(`answer ${asked.length}`)
    },
    [{ ...more, does }],
  )
  return { ...front, asked, targets: () => asked.map(({ target }) => target) }
}
