import { type Profile, SAML } from '@node-saml/node-saml'
import { expect, test } from 'vitest'
import { receive, signedQuery } from './bindings/redirect.test-support.ts'
import { idp } from './credentials.test-support.ts'
import { parseAuthnRequest } from './messages/authn-request.ts'
import { parseLogoutRequest, writeLogoutRequest } from './messages/logout-request.ts'
import { parseLogoutResponse, writeLogoutResponse } from './messages/logout-response.ts'
import { assertion, header } from './messages/messages.test-support.ts'
import { writeResponse } from './messages/response.ts'
import { success } from './messages/status.ts'
import { STATUS } from './names.ts'
import { readMessage } from './schema/message.ts'
import { signEnveloped } from './signature/enveloped-signature.ts'

/** A second implementation on the other side. It shares only xml-crypto with us, and signs with the same key. */
const peer = new SAML({
  callbackUrl: 'https://sp.test/acs',
  issuer: 'https://sp.test/',
  idpCert: idp.certificatePem,
  idpIssuer: 'https://idp.test/',
  entryPoint: 'https://idp.test/sso',
  logoutUrl: 'https://idp.test/slo',
  privateKey: idp.privateKeyPem,
  signatureAlgorithm: 'sha256',
  audience: 'https://sp.test/',
  wantAuthnResponseSigned: false,
  acceptedClockSkewMs: -1,
})

const profile: Profile = {
  issuer: 'https://idp.test/',
  nameID: 'alice',
  nameIDFormat: 'urn:f',
  sessionIndex: '_s',
  ID: '_1',
}
const queryOf = (url: string) => url.slice(url.indexOf('?') + 1)
const accept = (query: string) => peer.validateRedirectAsync(Object.fromEntries(new URLSearchParams(query)), query)

test('node-saml accepts our LogoutRequest', async () => {
  const document = writeLogoutRequest({
    ...header,
    nameId: { value: 'alice', format: 'urn:f' },
    sessionIndexes: ['_s'],
  })
  const { profile: accepted } = await accept(await signedQuery({ document, relayState: 'x y' }))
  expect(accepted).toMatchObject({ nameID: 'alice', nameIDFormat: 'urn:f', sessionIndex: '_s' })
})

test('node-saml accepts our LogoutResponse', async () => {
  const document = writeLogoutResponse({ ...header, inResponseTo: '_0', status: success })
  const query = await signedQuery({ kind: 'SAMLResponse', document })
  await expect(accept(query)).resolves.toMatchObject({ loggedOut: true })
})

test('node-saml accepts our Response with a signed Assertion', async () => {
  const plain = { ...assertion, attributes: [{ name: 'mail', values: ['alice@idp.test'] }] }
  const document = writeResponse({
    ...header,
    destination: 'https://sp.test/acs',
    status: success,
    assertions: [plain],
  })
  const signed = await signEnveloped(document, '_a', idp)
  const answer = await peer.validatePostResponseAsync({ SAMLResponse: Buffer.from(signed).toString('base64') })
  expect(answer.profile).toMatchObject({
    nameID: assertion.subject?.nameId?.value,
    sessionIndex: '_s',
    mail: 'alice@idp.test',
  })
})

test('we accept the LogoutRequest of node-saml', async () => {
  const { document, signed } = receive(queryOf(await peer.getLogoutUrlAsync(profile, 'x', {})))
  const request = parseLogoutRequest(readMessage(document))
  expect(signed).toBe(true)
  expect(request).toMatchObject({ nameId: { value: 'alice', format: 'urn:f' }, sessionIndexes: ['_s'] })
})

test('we accept the LogoutResponse of node-saml', async () => {
  const url = await peer.getLogoutResponseUrlAsync(profile, 'x', {}, true)
  const { document, signed } = receive(queryOf(url))
  const response = parseLogoutResponse(readMessage(document))
  expect(signed).toBe(true)
  expect(response).toMatchObject({ inResponseTo: '_1', status: { codes: [STATUS.success] } })
})

test('we accept the AuthnRequest of node-saml', async () => {
  const { document, signed } = receive(queryOf(await peer.getAuthorizeUrlAsync('x', undefined, {})))
  expect(signed).toBe(true)
  expect(parseAuthnRequest(readMessage(document))).toMatchObject({
    issuer: 'https://sp.test/',
    acsUrl: 'https://sp.test/acs',
  })
})
