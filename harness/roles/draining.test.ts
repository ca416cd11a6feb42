import { expect, test } from 'vitest'
import type { Fetch, Listener } from '#server/serve'
import { drainable } from './draining.ts'
import { createReadiness } from './readiness.ts'

function openOne(look?: () => void) {
  let mounted: Fetch = () => new Response('nothing yet')
  const listener: Listener = {
    port: 1,
    origin: () => 'http://idp.localhost:1',
    mount: (fetch) => {
      mounted = fetch
    },
    close: async () => undefined,
  }
  const urls = { idp: 'http://idp.localhost:1', es: '', apps: new Map(), partners: new Map() }
  const { opening, drain, leave } = drainable(
    {
      ...{ idp: listener, es: undefined, apps: new Map(), partners: new Map(), urls },
      close: async () => undefined,
    },
    look,
  )
  const readiness = createReadiness('nothing')
  readiness.declareReady()
  opening.idp?.mount(readiness.serve(() => new Response('page')))
  const ask = async (path: string) => {
    const outgoing = { shouldKeepAlive: true }
    const answer = await mounted(new Request(`http://idp.localhost:1${path}`), { outgoing })
    return [answer.status, await answer.text(), outgoing.shouldKeepAlive]
  }
  return { ask, drain, leave }
}

test('a role that is drained says that it is not ready, answers all else, and ends each connection with the answer', async () => {
  const { ask, drain } = openOne()
  expect(await ask('/_sloop/ready')).toEqual([200, '{"ready":true}', true])
  expect(await ask('/sso')).toEqual([200, 'page', true])
  const drained = drain(1)
  expect(await ask('/base/_sloop/ready')).toEqual([503, '{"ready":false,"missing":"it is being stopped"}', false])
  expect(await ask('/sso')).toEqual([200, 'page', false])
  await drained
})

test('a role that is to be left says why it is not ready, until there is no reason', async () => {
  const { ask, leave } = openOne()
  leave('others differ')
  expect(await ask('/_sloop/ready')).toEqual([503, '{"ready":false,"missing":"others differ"}', false])
  expect(await ask('/sso')).toEqual([200, 'page', false])
  leave(undefined)
  expect(await ask('/_sloop/ready')).toEqual([200, '{"ready":true}', true])
})

test('whoever asks whether a role is ready has it look, and nobody else has', async () => {
  let looks = 0
  const { ask } = openOne(() => {
    looks += 1
  })
  await ask('/base/_sloop/ready')
  await ask('/sso')
  expect(looks).toBe(1)
})
