import { expect, test } from 'vitest'
import { systemClock } from '#server/clock'
import { createJournal } from '#server/journal/journal'
import { connectElasticsearch } from './elasticsearch-client.ts'
import { fakeElasticsearch, refusal } from './fake-elasticsearch.test-support.ts'
import { noteCalls } from './note-calls.ts'

const connect = (node: string, journal: ReturnType<typeof createJournal>) => {
  const called = noteCalls(journal.of('wiki', systemClock), 'wiki')
  return connectElasticsearch({ node, username: 'elastic', password: 'changeme', timeoutMs: 5_000, called })
}

test('each call of an application is told with how it was answered, and without a secret', async () => {
  await using node = await fakeElasticsearch({
    'GET /_security/_authenticate': refusal(401, 'token expired'),
    'POST /_security/saml/prepare': { body: { id: '_1', realm: 'saml1', redirect: 'http://idp.test' } },
  })
  const journal = createJournal()
  const elasticsearch = connect(node.node, journal)
  await elasticsearch.prepare({ realm: 'saml1' })
  await elasticsearch.whoAmI('Bearer very-secret')
  await elasticsearch.close()

  const about = { party: 'wiki', what: 'call', direction: 'sent', from: 'wiki', to: 'es' }
  expect(journal.since()).toMatchObject([
    { ...about, wire: { method: 'POST', url: '/_security/saml/prepare' }, httpStatus: 200, accepted: true },
    {
      ...about,
      wire: { method: 'GET', url: '/_security/_authenticate' },
      httpStatus: 401,
      accepted: false,
      refusal: { code: 'ElasticsearchError', message: 'token expired' },
    },
  ])
  expect(JSON.stringify(journal.since())).not.toMatch(/very-secret|changeme|Basic/)
})

test('a call that nobody answers is told as such', async () => {
  const journal = createJournal()
  const elasticsearch = connect('http://127.0.0.1:9', journal)
  await expect(elasticsearch.prepare({ realm: 'saml1' })).rejects.toThrow(/cannot be reached/)
  await elasticsearch.close()

  const [call] = journal.since()
  expect(call).toMatchObject({ accepted: false, wire: { url: '/_security/saml/prepare' } })
  expect(call?.httpStatus).toBeUndefined()
  expect(call?.refusal?.message).toMatch(/^Elasticsearch cannot be reached: /)
})
