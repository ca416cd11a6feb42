import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { parse } from 'yaml'
import { writeIdpMetadata } from '#saml/metadata/idp-metadata'
import { silentLog } from '#server/logging'
import { loadRealms } from './load-realms.ts'
import { parseElasticsearchYml } from './settings/elasticsearch-yml.ts'
import { baseIdpMetadata, spKey } from './test-realm.test-support.ts'

// Realm blocks in the forms in which Elastic's documentation shows them. They start as they are.

const entityId = 'https://sso.example.com/'
let folder = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sloop-documented-'))
  await put('saml/idp-metadata.xml', writeIdpMetadata({ ...baseIdpMetadata, entityId }))
  await put('saml/saml-sign.key', spKey.privateKeyPem)
  await put('saml/saml-sign.crt', spKey.certificatePem)
})

afterEach(() => rm(folder, { recursive: true }))

async function put(name: string, content: string) {
  await mkdir(dirname(join(folder, name)), { recursive: true })
  await writeFile(join(folder, name), content)
}

const load = async (yaml: string) => {
  const loaded = await loadRealms(parseElasticsearchYml(parse(yaml)), { folder, log: silentLog })
  return loaded.map(({ config }) => config)
}

const usual = `
  order: 2
  idp.metadata.path: saml/idp-metadata.xml
  idp.entity_id: "https://sso.example.com/"
  sp.entity_id:  "https://kibana.example.com/"
  sp.acs: "https://kibana.example.com/api/security/saml/callback"
  sp.logout: "https://kibana.example.com/logout"
  attributes.principal: "urn:oid:0.9.2342.19200300.100.1.1"
  attributes.groups: "urn:oid:1.3.6.1.4.1.5923.1.5.1."
`

test('the block of the guide starts', async () => {
  const yaml = `xpack.security.authc.token.enabled: true\nxpack.security.authc.realms.saml.saml1:${usual}`
  expect(await load(yaml)).toMatchObject([
    {
      name: 'saml1',
      order: 2,
      logoutUrl: 'https://kibana.example.com/logout',
      attributes: { groups: 'urn:oid:1.3.6.1.4.1.5923.1.5.1.' },
    },
  ])
})

test('the additions of the guide start: a pattern, a context, a signature, delegation', async () => {
  const yaml = `
xpack.security.authc.realms.native.native1.order: 0
xpack.security.authc.realms.saml.saml1:${usual}
  attribute_patterns.principal: "^([^@]+)@staff\\\\.example\\\\.com$"
  nameid_format: "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"
  req_authn_context_class_ref: ["urn:oasis:names:tc:SAML:2.0:ac:classes:Kerberos"]
  signing.key: saml/saml-sign.key
  signing.certificate: saml/saml-sign.crt
  encryption.key: saml/saml-sign.key
  encryption.certificate: saml/saml-sign.crt
  authorization_realms: native1
`
  const [config] = await load(yaml)
  expect(config?.attributePatterns?.principal?.exec('james.wong@staff.example.com')?.[1]).toBe('james.wong')
  expect(config?.authorizationRealms).toEqual(['native1'])
})

test('two realms of the guide, in nested keys, stand in one chain', async () => {
  const yaml = `
xpack:
  security:
    authc:
      realms:
        saml:
          saml_finance:${usual.replaceAll('\n  ', '\n            ').replace('order: 2', 'order: 3')}
          saml_staff:${usual.replaceAll('\n  ', '\n            ')}
          saml_old:
            enabled: false
`
  expect((await load(yaml)).map(({ name, order }) => [name, order])).toEqual([
    ['saml_finance', 3],
    ['saml_staff', 2],
  ])
})

test('two realms of one order do not start', async () => {
  const yaml = `xpack.security.authc.realms.saml:\n  a: ${flow}\n  b: ${flow}`
  await expect(load(yaml)).rejects.toThrow('Found multiple realms configured with the same order: 2: [a, b]')
})

const flow = `{${usual.trim().replaceAll('\n  ', ', ')}}`
