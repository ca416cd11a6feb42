import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { buildRedirectUrl } from '#saml/bindings/redirect'
import { writeAuthnRequest } from '#saml/messages/authn-request'
import { writeLogoutResponse } from '#saml/messages/logout-response'
import { success } from '#saml/messages/status'
import { writeIdpMetadata } from '#saml/metadata/idp-metadata'
import { writeSpMetadata } from '#saml/metadata/sp-metadata'
import { BINDING } from '#saml/names'
import { trustCertificate } from '#saml/signature/trusted-key'
import { idp, stranger } from '../../core/saml/credentials.test-support.ts'
import { judgeByRealms, judgeBySender } from './judge-offline.ts'
import { address, logoutRequest, signedUrl } from './pasted.test-support.ts'

const url = await signedUrl()
const presented = { carrier: 'query', queryString: url.slice(url.indexOf('?') + 1), address } as const
const then = { at: '2031-05-04T12:00:00Z' }

const metadataWith = ({ certificate }: typeof idp): string =>
  writeIdpMetadata({
    entityId: 'https://idp.test',
    wantAuthnRequestsSigned: false,
    keyDescriptors: [{ use: 'signing', key: trustCertificate(certificate) }],
    singleLogoutServices: [{ binding: BINDING.redirect, location: 'https://idp.test/slo' }],
    singleSignOnServices: [{ binding: BINDING.redirect, location: 'https://idp.test/sso' }],
    nameIdFormats: [],
  })

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'sloop-offline-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
  return folder
}

const realmYml = `xpack.security.authc.realms.saml.saml1:
  order: 2
  idp.metadata.path: idp.xml
  idp.entity_id: https://idp.test
  sp.entity_id: https://sp.test
  sp.acs: https://sp.test/acs
  sp.logout: ${address}
  attributes.principal: nameid
`

const holds = (judged: Awaited<ReturnType<Awaited<ReturnType<typeof judgeBySender>>>>, rule: string) =>
  judged.checks.find((check) => check.rule === rule)?.holds

test('whoever knows the sender judges its signature, and cannot ask what depends on the receiver', async () => {
  const judge = await judgeBySender(metadataWith(idp))
  const judged = await judge(presented, then)
  expect(judged).toMatchObject({
    kind: 'LogoutRequest',
    from: 'https://idp.test',
    accepted: true,
    wouldInvalidate: null,
  })
  expect(holds(judged, 'signedByTheIdp')).toBe(true)
  expect(judged.checks.some((check) => check.holds === null)).toBe(true)
})

test('a signature by another key than those of the sender is refused', async () => {
  const judge = await judgeBySender(join(folderWith({ 'idp.xml': metadataWith(stranger) }), 'idp.xml'))
  expect(await judge(presented, then)).toMatchObject({ accepted: false, refusal: 'SAML_SIGNATURE' })
})

test('a realm of an elasticsearch.yml judges as it does when it runs', async () => {
  const config = join(folderWith({ 'elasticsearch.yml': realmYml, 'idp.xml': metadataWith(idp) }), 'elasticsearch.yml')
  const judge = await judgeByRealms({ config, realm: undefined, environment: {} })
  const judged = await judge(presented, then)
  expect({ ...judged, checks: judged.checks.filter((check) => check.holds !== true) }).toMatchObject({
    ...{ realm: 'saml1', kind: 'LogoutRequest', wouldInvalidate: null, document: logoutRequest },
  })
  expect(holds(judged, 'signedByTheIdp')).toBe(true)
})

test('a realm that is not there is named with those that are', async () => {
  const config = join(folderWith({ 'elasticsearch.yml': realmYml, 'idp.xml': metadataWith(idp) }), 'elasticsearch.yml')
  await expect(judgeByRealms({ config, realm: 'saml2', environment: {} })).rejects.toThrow(
    expect.objectContaining({ name: 'ConfigError', message: '--realm: there is no realm [saml2], there is saml1' }),
  )
})

const spMetadata = writeSpMetadata({
  entityId: 'https://idp.test',
  keyDescriptors: [{ use: 'signing', key: trustCertificate(idp.certificate) }],
  singleLogoutServices: [{ binding: BINDING.redirect, location: 'https://idp.test/slo' }],
  nameIdFormats: [],
  assertionConsumerServices: [{ binding: BINDING.post, location: 'https://idp.test/acs', index: 0 }],
  authnRequestsSigned: false,
  wantAssertionsSigned: false,
})

test('what a service provider sent is judged by its metadata, and what depends on the identity provider cannot be asked', async () => {
  const judged = await (await judgeBySender(spMetadata))(presented, then)
  expect(judged).toMatchObject({ kind: 'LogoutRequest', accepted: true, refusal: null, wouldInvalidate: null })
  expect(holds(judged, 'signedByItsIssuer')).toBe(true)
  expect(judged.checks.filter((check) => check.holds === null).map(({ rule, message }) => [rule, message])).toEqual([
    ['ownDestination', 'nobody said where the receiver takes it'],
    ['notSeen', 'nobody said what the receiver has seen'],
    ['namesASession', 'nobody said who is signed in at the receiver'],
    ['namesItExactly', 'nobody said who is signed in at the receiver'],
  ])
})

const header = { id: '_1', issueInstant: Date.parse(then.at), issuer: 'https://idp.test' }
const answerOf = (more = {}) => writeLogoutResponse({ ...header, inResponseTo: '_2', status: success, ...more })
const askFor = (more = {}) => writeAuthnRequest({ ...header, acsUrl: 'https://idp.test/acs', ...more })

async function queryWith(kind: 'SAMLRequest' | 'SAMLResponse', document: string, signWith = idp) {
  const url = await buildRedirectUrl({ destination: address, kind, document, relayState: undefined, signWith })
  return { carrier: 'query', queryString: url.slice(url.indexOf('?') + 1), address } as const
}

test('what a service provider answered is judged by its metadata, and for which request nobody knows', async () => {
  const judge = await judgeBySender(spMetadata)
  const judged = await judge(await queryWith('SAMLResponse', answerOf()), then)
  expect(judged).toMatchObject({ kind: 'LogoutResponse', accepted: true, refusal: null, wouldInvalidate: null })
  expect(holds(judged, 'signedByItsIssuer')).toBe(true)
  expect(judged.checks.filter((check) => check.holds === null).map(({ rule, message }) => [rule, message])).toEqual([
    ['ownDestination', 'nobody said where the receiver takes it'],
    ['awaited', 'nobody said which requests of the receiver wait for an answer'],
    ['fromWhoWasAsked', 'nobody said which requests of the receiver wait for an answer'],
  ])
})

test('the login that a service provider asks for is judged by its metadata', async () => {
  const judge = await judgeBySender(spMetadata)
  const judged = await judge(await queryWith('SAMLRequest', askFor()), then)
  expect(judged).toMatchObject({ kind: 'AuthnRequest', accepted: true, refusal: null, wouldInvalidate: null })
  expect(holds(judged, 'signedByItsIssuer')).toBe(true)
  expect(judged.checks.filter((check) => check.holds === null).map(({ rule }) => rule)).toEqual(['ownDestination'])
})

test.each<[string, Parameters<typeof queryWith>, rule: string, code: string]>([
  ['an answer by another key', ['SAMLResponse', answerOf(), stranger], 'signedByItsIssuer', 'SAML_SIGNATURE'],
  ['an answer of nobody known', ['SAMLResponse', answerOf({ issuer: 'urn:b' })], 'knownIssuer', 'SAML_ISSUER'],
  ['a login asked for by another key', ['SAMLRequest', askFor(), stranger], 'signedByItsIssuer', 'SAML_SIGNATURE'],
  [
    'a login for another ACS',
    ['SAMLRequest', askFor({ acsUrl: 'https://b.test/' })],
    'answerPlaceInMetadata',
    'SAML_ACS',
  ],
])('what a service provider sent wrong is refused, and the rule is named: %s', async (_what, sent, rule, code) => {
  const judged = await (await judgeBySender(spMetadata))(await queryWith(...sent), then)
  expect(judged).toMatchObject({ accepted: false, refusal: code })
  expect(judged.checks.find((check) => check.holds === false)).toMatchObject({ rule, code })
})

test.each([
  ['an identity provider', metadataWith(idp), 'signedByTheIdp'],
  ['a service provider', spMetadata, 'signedByItsIssuer'],
])('offline too a hint says what would do: of %s', async (_who, metadata, rule) => {
  const judge = await judgeBySender(metadata)
  const queryString = presented.queryString.replace(/%[0-9A-F]{2}/g, (written) => written.toLowerCase())
  const broken = (await judge({ ...presented, queryString }, then)).checks.filter((check) => check.holds === false)
  expect(broken).toMatchObject([{ rule, hint: expect.stringMatching(/^it verifies with upper-case escapes: /) }])
})

test('what a service provider signed with another key is refused', async () => {
  const judge = await judgeBySender(spMetadata)
  const queryString = (await signedUrl(undefined, undefined, stranger)).split('?')[1] ?? ''
  const judged = await judge({ carrier: 'query', queryString }, then)
  expect(judged).toMatchObject({ accepted: false, refusal: 'SAML_SIGNATURE' })
  expect(judged.checks.find(({ rule }) => rule === 'signedByItsIssuer')?.hint).toMatch(
    /^the signature was not made with /,
  )
})

test('metadata of neither is refused', async () => {
  const neither = spMetadata.replaceAll('SPSSODescriptor', 'RoleDescriptor')
  await expect(judgeBySender(neither)).rejects.toMatchObject({
    ...{ code: 'SAML_METADATA', message: 'the metadata has no SPSSODescriptor, expected at least one' },
  })
})
