import { expect, test } from 'vitest'
import { idpMetadata, makePartnerWorld, partnerKeys, readSent } from './partner.test-support.ts'

test.each<[string, (metadata: string) => string, string]>([
  ['no XML', () => 'hello', 'the metadata of the IdP is no XML'],
  ['nothing', () => '', 'the metadata describes no IdP: it has no IDPSSODescriptor'],
  [
    'a service provider',
    (text) => text.replaceAll('IDPSSO', 'SPSSO'),
    'the metadata describes no IdP: it has no IDPSSODescriptor',
  ],
  ['no entityID', (text) => text.replace('entityID', 'name'), 'the metadata of the IdP has no entityID'],
  [
    'no SingleSignOnService by Redirect',
    (text) => text.replaceAll('HTTP-Redirect', 'SOAP'),
    '[urn:test-idp] has no SingleSignOnService by Redirect in its metadata',
  ],
  [
    'a SingleSignOnService that is no web address',
    (text) => text.replace('https://idp.test/sso', 'javascript:alert(1)'),
    '[urn:test-idp] has no SingleSignOnService by Redirect in its metadata',
  ],
  [
    'no certificate',
    (text) => text.replace('use="signing"', 'use="encryption"'),
    '[urn:test-idp] has no certificate for signatures in its metadata',
  ],
])('metadata with %s is refused in one sentence, and the IdP from before stays', async (_case, change, sentence) => {
  const { partner, open } = await makePartnerWorld()
  const document = change(idpMetadata((await partnerKeys()).idp))
  await expect(partner.introduce(document)).rejects.toThrow(new Error(sentence))
  expect((await readSent((await open('/login')).location)).to).toBe('https://idp.test/sso')
})

test('of several the first IdP counts', async () => {
  const { partner, open } = await makePartnerWorld()
  const idp = idpMetadata((await partnerKeys()).idp)
  const [first, second] = ['one', 'two'].map((name) => idp.replaceAll('https://idp.test', `https://${name}.test`))
  await partner.introduce(
    `<m:EntitiesDescriptor xmlns:m="urn:oasis:names:tc:SAML:2.0:metadata">${first}${second}</m:EntitiesDescriptor>`,
  )
  expect((await readSent((await open('/login')).location)).to).toBe('https://one.test/sso')
})
