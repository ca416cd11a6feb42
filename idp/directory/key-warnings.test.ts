import { execFile } from 'node:child_process'
import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { makeCertificate } from '#saml/certificate'
import { type Credential, generateCredential, readCertificatePem } from '#saml/credentials'
import { trustCertificate } from '#saml/signature/trusted-key'
import { resolveIdpConfig } from '../config.ts'
import { idpOrigin, makeSp, noon } from '../sp.test-support.ts'
import { keyWarnings } from './key-warnings.ts'
import { createSpDirectory } from './sp-directory.ts'

async function credentialOf(
  commonName: string,
  keys: { publicKey: KeyObject; privateKey: KeyObject },
): Promise<Credential> {
  const certificate = await makeCertificate({ commonName, notBefore: noon - 1_000, notAfter: noon + 1_000, ...keys })
  const privateKeyPem = keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  return { certificate, privateKey: keys.privateKey, certificatePem: certificate.toString(), privateKeyPem }
}
const weak = await credentialOf('weak', generateKeyPairSync('rsa', { modulusLength: 1024 }))
const [strong, elliptic, sp] = await Promise.all([
  generateCredential('strong', noon),
  generateCredential('ec', noon, { kind: 'P-256' }),
  makeSp('orders'),
])
const key = trustCertificate(weak.certificate)

function warningsOf(credential: Credential, keyDescriptors: typeof sp.metadata.keyDescriptors) {
  const config = resolveIdpConfig({ baseUrl: idpOrigin, credential })
  const serviceProviders = createSpDirectory(config.store, {
    initial: [{ metadata: { ...sp.metadata, keyDescriptors } }],
    forAll: { ...config, tolerate: () => [] },
  })
  return keyWarnings({ config, serviceProviders })
}
const named = 'the key of the certificate [CN=weak] is RSA of 1024 bits, expected at least 2048'

test.each([
  ['RSA of 2048 bits', strong],
  ['P-256', elliptic],
])('there is nothing to say of a key of %s', (_kind, credential) => {
  const good = trustCertificate(credential.certificate)
  expect(warningsOf(credential, [{ use: 'signing', key: good }])).toEqual([])
})

test('a weak key of the IdP is told once, though it is for both uses', () => {
  expect(warningsOf(weak, [])).toEqual([{ spEntityId: undefined, says: `${named}: careful peers do not believe it` }])
})

test.each([
  ['for signatures', [{ use: 'signing', key }], 'its signatures are not believed'],
  [
    'for both',
    [
      { use: 'encryption', key },
      { use: 'signing', key },
    ],
    'its signatures are not believed',
  ],
  ['for any use', [{ key }], 'its signatures are not believed'],
  ['for encryption', [{ use: 'encryption', key }], 'what is encrypted for it is not safe'],
] as const)('a weak key of a service provider is told once, with what it means: %s', (_use, keyDescriptors, means) => {
  expect(warningsOf(strong, keyDescriptors)).toEqual([
    { spEntityId: 'https://orders.test', says: `${named}: ${means}` },
  ])
})

test('a key of a kind that verifies nothing here is told, too', async () => {
  const request = ['req', '-x509', '-newkey', 'ed25519', '-nodes', '-subj', '/CN=ed', '-keyout', '/dev/null']
  const { stdout } = await promisify(execFile)('openssl', request)
  expect(warningsOf(strong, [{ key: trustCertificate(readCertificatePem(stdout)) }])).toEqual([
    {
      spEntityId: 'https://orders.test',
      says: 'the key of the certificate [CN=ed] is of type ed25519, expected rsa or ec: its signatures are not believed',
    },
  ])
})
