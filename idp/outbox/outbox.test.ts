import { expect, test } from 'vitest'
import { readRedirect } from '#saml/bindings/redirect'
import { generateCredential } from '#saml/credentials'
import { judgeSchema, judgeXmlSignature } from '#saml/oracles.test-support'
import { trustCertificate } from '#saml/signature/trusted-key'
import { resolveIdpConfig } from '../config.ts'
import { makeIdpParts } from '../parts.ts'
import { noon, readSent } from '../sp.test-support.ts'
import type { Draft, Way } from './draft.ts'
import { putInEnvelope } from './outbox.ts'

const credential = await generateCredential('idp', noon)
const parts = makeIdpParts(resolveIdpConfig({ baseUrl: 'https://idp.test', credential }))
const address = 'https://sp.test/slo?tenant=1'
const draft = (way: Way, relayState?: string): Draft => ({
  kind: 'LogoutResponse',
  to: { spEntityId: 'https://sp.test', way, address },
  relayState,
  fields: {
    ...{ id: '_1', issueInstant: noon, issuer: 'https://idp.test', destination: address, inResponseTo: '_0' },
    status: { codes: ['urn:oasis:names:tc:SAML:2.0:status:Success'] },
  },
})

test('by Redirect the encoded query is signed and the document is not', async () => {
  const envelope = await putInEnvelope(parts, draft('redirect', "a&'b"))
  if (envelope.way !== 'redirect') throw new Error('the draft goes by redirect')
  expect(envelope.url).toMatch(/^https:\/\/sp\.test\/slo\?tenant=1&SAMLResponse=/)
  expect(readRedirect(envelope.url.split('?')[1] ?? '').document.toString()).toBe(envelope.document)
  const { root, relayState } = readSent(envelope.url.replace('tenant=1&', ''), trustCertificate(credential.certificate))
  expect([relayState, root.children.map(({ key }) => key)]).toEqual(["a&'b", ['saml:Issuer', 'samlp:Status']])
})

test('by POST the document is signed, as xmlsec1 sees it, and stays valid', async () => {
  const envelope = await putInEnvelope(parts, draft('post', 'r'))
  if (envelope.way !== 'post') throw new Error('the draft goes by POST')
  const { action, fields } = envelope.form
  expect([action, fields.map(({ name }) => name)]).toEqual([address, ['SAMLResponse', 'RelayState']])
  const document = Buffer.from(fields[0]?.value ?? '', 'base64').toString()
  expect(document).toBe(envelope.document)
  expect(await judgeSchema(document, 'protocol')).toMatchObject({ accepted: true })
  const signed = 'urn:oasis:names:tc:SAML:2.0:protocol:LogoutResponse'
  const judge = (text: string) => judgeXmlSignature(text, credential.certificatePem, signed)
  expect(await judge(document)).toMatchObject({ accepted: true })
  expect((await judge(document.replace('status:Success', 'status:Requester'))).accepted).toBe(false)
})
