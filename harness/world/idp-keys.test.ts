import { expect, test } from 'vitest'
import { generateCredential } from '#saml/credentials'
import { ConfigError } from '#server/config'
import { loadIdpConfig } from './idp-options.test-support.ts'
import { makeSp, noon } from './sp.test-support.ts'

test('the key of the IdP is loaded with its certificate', async () => {
  const { credential } = await makeSp('idp')
  const files: Record<string, string> = { 'a.crt': credential.certificatePem, 'a.key': credential.privateKeyPem }
  const file = { keys: { certificate: 'a.crt', privateKey: 'a.key' } }
  const loaded = await loadIdpConfig(file, async (name) => files[name] ?? '')
  expect(loaded.options.credential?.certificatePem).toBe(credential.certificatePem)
})

test('keys for encryption are loaded beside that for signatures, which may be elliptic; those may not', async () => {
  const [elliptic, rsa] = await Promise.all([generateCredential('ec', noon, { kind: 'P-384' }), makeSp('rsa')])
  const files: Record<string, string> = {
    'ec.crt': elliptic.certificatePem,
    'ec.key': elliptic.privateKeyPem,
    'rsa.crt': rsa.credential.certificatePem,
    'rsa.key': rsa.credential.privateKeyPem,
  }
  const pair = (name: string) => ({ certificate: `${name}.crt`, privateKey: `${name}.key` })
  const load = async (name: string) => files[name] ?? ''
  const { options } = await loadIdpConfig({ keys: pair('ec'), encryptionKeys: [pair('rsa')] }, load)
  expect(
    [options.credential, ...(options.encryptionCredentials ?? [])].map((each) => each?.certificate.subject),
  ).toEqual(['CN=ec', 'CN=rsa'])
  await expect(loadIdpConfig({ encryptionKeys: [pair('rsa'), pair('ec')] }, load)).rejects.toThrow(
    new ConfigError('encryptionKeys[1]: the private key is of type ec on secp384r1, expected rsa'),
  )
})

test.each([
  ['a text that is no key', 'hello', 'it is no private key in PEM'],
  ['half a key', '-----BEGIN PRIVATE KEY-----\nMIIE', 'its PEM is damaged, or of a kind that is not known here'],
])('%s is refused as the key of the IdP', async (_case, text, says) => {
  const { credential } = await makeSp('idp')
  const file = { keys: { certificate: 'a.crt', privateKey: 'a.key' } }
  const load = async (name: string) => (name === 'a.key' ? text : credential.certificatePem)
  await expect(loadIdpConfig(file, load)).rejects.toThrow(
    new ConfigError(`keys: the private key cannot be read: ${says}`),
  )
})

test('a key that belongs to another certificate is refused', async () => {
  const [{ credential }, other] = [await makeSp('idp'), await makeSp('other')]
  const files: Record<string, string> = {
    'a.crt': credential.certificatePem,
    'b.key': other.credential.privateKeyPem,
  }
  const file = { keys: { certificate: 'a.crt', privateKey: 'b.key' } }
  await expect(loadIdpConfig(file, async (name) => files[name] ?? '')).rejects.toThrow(
    new ConfigError('keys: the private key does not belong to the certificate'),
  )
})
