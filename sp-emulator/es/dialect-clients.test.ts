import { Client as Client9 } from '@elastic/elasticsearch'
import { Client as Client7 } from 'elasticsearch-7'
import { Client as Client8 } from 'elasticsearch-8'
import { expect, onTestFinished, test } from 'vitest'
import { listen } from '#server/serve'
import { testNode } from './test-node.test-support.ts'

const auth = { username: 'elastic', password: 'secret' }

async function serve(version: string): Promise<string> {
  const listener = await listen({ host: '127.0.0.1', port: 0 })
  listener.mount(testNode({ version }).es.fetch)
  onTestFinished(() => listener.close())
  return listener.origin('127.0.0.1')
}

test.each(['7.13.4', '7.14.0', '7.17.29'])('the client of version 7 believes a %s', async (version) => {
  const client = new Client7({ node: await serve(version), auth, maxRetries: 0 })
  const { body } = await client.security.authenticate<{ username: string }>()
  expect(body.username).toBe('elastic')
})

test.each(['8.0.0', '8.19.12', '8.19.13', '9.0.0', '9.4.0'])(
  'the client of version 8 believes a %s',
  async (version) => {
    const client = new Client8({ node: await serve(version), auth, maxRetries: 0 })
    expect(await client.security.samlPrepareAuthentication({ realm: 'saml1' })).toMatchObject({ realm: 'saml1' })
  },
)

test.each(['9.0.0', '9.2.1', '9.3.0', '9.4.0'])('the client of version 9 believes a %s', async (version) => {
  const client = new Client9({ node: await serve(version), auth, maxRetries: 0 })
  expect(await client.security.samlPrepareAuthentication({ realm: 'saml1' })).toMatchObject({ realm: 'saml1' })
})

test('the client of version 9 is told by an 8 that it asks for too much', async () => {
  const client = new Client9({ node: await serve('8.19.0'), auth, maxRetries: 0 })
  await expect(client.security.samlPrepareAuthentication({ realm: 'saml1' })).rejects.toMatchObject({
    meta: {
      statusCode: 400,
      body: { error: { caused_by: { reason: expect.stringContaining('must be either version 8 or 7, but found 9') } } },
    },
  })
})

test('the client of version 8 takes a 7.10, which sends no product header, for no Elasticsearch', async () => {
  const client = new Client8({ node: await serve('7.10.2'), auth, maxRetries: 0 })
  await expect(client.ping({}, { maxRetries: 0 })).rejects.toMatchObject({ name: 'ProductNotSupportedError' })
})
