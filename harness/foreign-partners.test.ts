import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SAML, ValidateInResponseTo } from '@node-saml/node-saml'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { httpGet } from '#server/http-get'
import { type ForeignIdp, makeForeignIdp } from './foreign-idp.test-support.ts'
import { startRoles } from './roles/roles.ts'

const app = 'https://app.example.test'
const acsUrl = `${app}/api/security/saml/callback`
const logoutUrl = `${app}/logout`
let folder = ''
let foreign: ForeignIdp

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sloop-foreign-'))
  foreign = makeForeignIdp(folder)
  await writeFile(join(folder, 'idp-metadata.xml'), foreign.metadata)
  await writeFile(join(folder, 'elasticsearch.yml'), elasticsearchYml(foreign.entityId))
})
afterAll(() => rm(folder, { recursive: true }))

const elasticsearchYml = (idpEntityId: string) => `
cluster.name: theirs
xpack.security.authc.token.enabled: true
xpack:
  security:
    authc:
      realms:
        saml.saml1:
          order: 2
          idp.metadata.path: idp-metadata.xml
          idp.entity_id: ${idpEntityId}
          sp.entity_id: ${app}
          sp.acs: ${acsUrl}
          sp.logout: ${logoutUrl}
          attributes.principal: nameid
`

async function startTheirs() {
  const roles = await startRoles({ roles: ['es'], esPort: 0, elasticsearchYml: join(folder, 'elasticsearch.yml') })
  const call = async (path: string, body: object) => {
    const authorization = `Basic ${Buffer.from('elastic:changeme').toString('base64')}`
    const headers = { authorization, 'content-type': 'application/json' }
    const answer = await fetch(`${roles.esUrl}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    return (await answer.json()) as Record<string, unknown>
  }
  return { call, close: roles.close }
}

test('a realm of somebody else sends the browser to the IdP that its metadata file names', async () => {
  const { call, close } = await startTheirs()
  const { redirect } = await call('/_security/saml/prepare', { acs: acsUrl })
  await close()
  expect(redirect).toMatch(/^https:\/\/foreign\.example\.test\/sso\?SAMLRequest=/)
})

test('a Response that xmlsec1 signed logs in, and a LogoutRequest that openssl signed logs out again', async () => {
  const { call, close } = await startTheirs()
  const content = foreign.response({ acsUrl, spEntityId: app })
  const login = await call('/_security/saml/authenticate', { realm: 'saml1', ids: [], content })
  const logout = await call('/_security/saml/invalidate', {
    realm: 'saml1',
    query_string: foreign.logoutQuery({ logoutUrl }),
  })
  await close()
  expect(login).toMatchObject({ username: 'p-4711', realm: 'saml1' })
  expect(logout).toEqual({
    realm: 'saml1',
    invalidated: 1,
    redirect: expect.stringMatching(/^https:\/\/foreign\.example\.test\/slo\?tenant=7&SAMLResponse=/),
  })
})

test('an IdP with the metadata of a node-saml service provider shows it on its portal', async () => {
  const sp = new SAML({
    callbackUrl: acsUrl,
    issuer: 'urn:node-saml',
    idpCert: 'not used here',
    validateInResponseTo: ValidateInResponseTo.never,
  })
  await writeFile(join(folder, 'sp.xml'), sp.generateServiceProviderMetadata(null, null))
  await writeFile(join(folder, 'sloop.yml'), 'serviceProviders:\n  - metadata: sp.xml\n    name: node-saml\n')
  const roles = await startRoles({ roles: ['idp'], idpPort: 0, sloopYml: join(folder, 'sloop.yml') })
  const { body } = await httpGet(`${roles.idpUrl}/`)
  await roles.close()
  expect(body).toContain('Open node-saml')
})
