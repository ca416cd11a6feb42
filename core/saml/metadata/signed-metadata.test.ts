import { expect, test } from 'vitest'
import { idp, idpKeys, stranger } from '../credentials.test-support.ts'
import { SamlError, type SamlErrorCode } from '../errors.ts'
import { signWithXmlsec } from '../oracles.test-support.ts'
import { refusal } from '../refusals.test-support.ts'
import { spMetadata } from './metadata.test-support.ts'
import { parseAllSpMetadata, writeSpMetadata } from './sp-metadata.ts'

const [signedBy] = idpKeys
const entityOf = (entityId: string) => writeSpMetadata({ ...spMetadata, entityId }).replace(/^<\?xml[^>]*>/, '')
const template = (uri: string, method = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256') =>
  `<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo>
    <ds:CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/><ds:SignatureMethod Algorithm="${method}"/>
    <ds:Reference URI="${uri}"><ds:Transforms>
      <ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/>
      <ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>
    </ds:Transforms><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><ds:DigestValue/></ds:Reference>
  </ds:SignedInfo><ds:SignatureValue/></ds:Signature>`
const group = (signature: string, ...members: string[]) =>
  `<md:EntitiesDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" ID="all">${signature}${members.join('')}</md:EntitiesDescriptor>`
const unsigned = group('', entityOf('https://one.test/'), entityOf('https://two.test/'))
const sign = (document: string, pem = idp.privateKeyPem) =>
  signWithXmlsec(document, pem, 'urn:oasis:names:tc:SAML:2.0:metadata:EntitiesDescriptor')
const signed = await sign(group(template('#all'), entityOf('https://one.test/'), entityOf('https://two.test/')))
const namesIn = (document: string) => parseAllSpMetadata(document, { signedBy }).map(({ entityId }) => entityId)

test('what xmlsec1 signed is read, with the key that was named', () => {
  expect(namesIn(signed)).toEqual(['https://one.test/', 'https://two.test/'])
})

test('a signature over the whole document needs no ID', async () => {
  const whole = group(template(''), entityOf('https://one.test/')).replace(' ID="all"', '')
  expect(namesIn(await sign(whole))).toEqual(['https://one.test/'])
})

test('an entity that is signed in itself may stand in a group that is', async () => {
  const inner = await signWithXmlsec(
    entityOf('https://one.test/').replace(/(<md:EntityDescriptor[^>]*)>/, `$1 ID="one">${template('#one')}`),
    stranger.privateKeyPem,
    'urn:oasis:names:tc:SAML:2.0:metadata:EntityDescriptor',
  )
  expect(namesIn(await sign(group(template('#all'), inner.replace(/^<\?xml[^>]*>\s*/, ''))))).toEqual([
    'https://one.test/',
  ])
})

const verifiesNot = 'the signature of EntitiesDescriptor all does not verify with any of 1 trusted keys'

test.each<[string, () => string | Promise<string>, SamlErrorCode, string]>([
  ['unsigned', () => unsigned, 'SAML_UNSIGNED', 'the EntitiesDescriptor is not signed'],
  [
    'changed afterwards',
    () => signed.replace('https://two.test/', 'https://evil.test/'),
    'SAML_SIGNATURE',
    verifiesNot,
  ],
  ['with an address changed', () => signed.replace('sp.test/slo', 'evil.test/slo'), 'SAML_SIGNATURE', verifiesNot],
  [
    'signed by a stranger',
    () => sign(group(template('#all'), entityOf('https://one.test/')), stranger.privateKeyPem),
    'SAML_SIGNATURE',
    verifiesNot,
  ],
  [
    'signed with SHA-1',
    () => group(template('#all', 'http://www.w3.org/2000/09/xmldsig#rsa-sha1'), entityOf('https://one.test/')),
    'SAML_ALGORITHM',
    'the signature algorithm [http://www.w3.org/2000/09/xmldsig#rsa-sha1] is too weak to be believed',
  ],
  [
    'with a part of it signed in place of the whole',
    () => signed.replace(' ID="all"', ' ID="other"').replace('<md:EntityDescriptor', '<md:EntityDescriptor ID="all"'),
    'SAML_SIGNATURE_PROFILE',
    'the Reference is to [#all], expected [#other]',
  ],
  [
    'with two elements of one ID',
    () => signed.replace('<md:EntityDescriptor', '<md:EntityDescriptor ID="all"'),
    'SAML_XML',
    'the identifier [all] occurs twice',
  ],
])('metadata is refused that should be signed and is %s', async (_case, make, code, says) => {
  const document = await make()
  const read = () => parseAllSpMetadata(document, { signedBy })
  expect(read).toThrow(SamlError)
  expect(read).toThrow(refusal(code, says))
})

test('a signature counts for nothing where no key is named', () => {
  const changed = signed.replace('https://two.test/', 'https://other.test/')
  expect(parseAllSpMetadata(changed).map(({ entityId }) => entityId)).toContain('https://other.test/')
})
