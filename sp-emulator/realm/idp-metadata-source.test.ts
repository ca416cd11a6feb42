import { expect, test } from 'vitest'
import { writeIdpMetadata } from '#saml/metadata/idp-metadata'
import { refusal } from '#saml/refusals.test-support'
import { silentLog } from '#server/logging'
import { listen } from '#server/serve'
import { createSamlRealm } from './create-saml-realm.ts'
import { fetchedMetadata, knownMetadata } from './idp-metadata-source.ts'
import { signedLogin } from './test-logins.test-support.ts'
import { baseIdpMetadata, idpEntityId, testRealm } from './test-realm.test-support.ts'

const document = writeIdpMetadata(baseIdpMetadata)

/** A web server that answers with these, one after the other, then for ever with the last. */
async function serving(...replies: readonly Response[]) {
  const listener = await listen({ host: '127.0.0.1', port: 0 })
  let count = 0
  listener.mount(() => (replies[Math.min(count++, replies.length - 1)] ?? Response.error()).clone())
  return { url: `${listener.origin('127.0.0.1')}/metadata`, [Symbol.asyncDispose]: () => listener.close() }
}

test('metadata at hand is there at once', async () => {
  const source = knownMetadata(document, idpEntityId)
  await source.loaded
  expect(source.current().entityId).toBe(idpEntityId)
})

test('metadata at hand must have the entity', () => {
  expect(() => knownMetadata(document, 'https://other.test/')).toThrow(
    refusal(
      'SAML_METADATA',
      'the metadata has IDPSSODescriptor for [https://idp.test/], expected the IDPSSODescriptor of [https://other.test/]',
    ),
  )
})

test('metadata is fetched again until it is there', async () => {
  await using server = await serving(new Response('', { status: 503 }), new Response(document))
  const source = fetchedMetadata(server.url, idpEntityId, silentLog)
  await source.loaded
  expect(source.current().entityId).toBe(idpEntityId)
})

test('until metadata is there it says where it should come from, and why not is logged once', async () => {
  const lines: unknown[] = []
  const log = { ...silentLog, warn: (...line: unknown[]) => lines.push(line) }
  await using server = await serving(
    ...Array.from({ length: 2 }, () => new Response('', { status: 503 })),
    new Response(document),
  )
  const source = fetchedMetadata(server.url, idpEntityId, log)
  expect(source.current).toThrow(
    refusal('SAML_METADATA', `the metadata of the IdP has not been loaded from [${server.url}]`),
  )
  await source.loaded
  expect(lines).toEqual([
    [
      { failure: `[${server.url}] answers 503, expected metadata` },
      `loading the metadata of the IdP from ${server.url} failed, trying again`,
    ],
  ])
})

test('fetching can be given up', async () => {
  await using server = await serving(new Response('', { status: 503 }))
  const source = fetchedMetadata(server.url, idpEntityId, silentLog)
  source.stop()
  await expect(source.loaded).resolves.toBeUndefined()
})

test('case 85: nobody logs in before the metadata is there; later it may vanish again', async () => {
  await using server = await serving(
    new Response('', { status: 503 }),
    new Response(document),
    new Response('', { status: 503 }),
  )
  const source = fetchedMetadata(server.url, idpEntityId, silentLog)
  const realm = createSamlRealm({ ...testRealm().context, idpMetadata: source.current })
  const xml = await signedLogin()
  await expect(realm.authenticate(xml, ['_login1'])).rejects.toThrow(expect.objectContaining({ code: 'SAML_METADATA' }))
  await source.loaded
  expect((await realm.authenticate(xml, ['_login1'])).principal.username).toBe('alice')
})
