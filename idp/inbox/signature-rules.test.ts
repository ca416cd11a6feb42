import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { buildRedirectUrl, readRedirect } from '#saml/bindings/redirect'
import { readCredential } from '#saml/credentials'
import { parseSpMetadata } from '#saml/metadata/sp-metadata'
import { readXml } from '#saml/xml/read'
import { believedOf } from './signature-rules.ts'

const readCase = (path: string) =>
  readFileSync(new URL(`../../../shared/cases/reports/${path}`, import.meta.url), 'utf8')
const credentialOf = (name: string) =>
  readCredential({ privateKeyPem: readCase(`keys/${name}.key`), certificatePem: readCase(`keys/${name}.crt`) })
const sp = parseSpMetadata(readCase('01-certificate-chain/sp-metadata.xml'))

async function judge(signer: string): Promise<string> {
  const destination = 'http://idp.localhost:7070/slo'
  const document = '<x/>'
  const message = { destination, kind: 'SAMLRequest', document, signWith: credentialOf(signer) } as const
  const { signature } = readRedirect(new URL(await buildRedirectUrl(message)).search.slice(1))
  return believedOf({ document: Buffer.from(document), root: readXml(document), signature }, { sp }).local
}

test('of a chain of certificates in the metadata the first signs for the service provider (cases/reports 01)', async () => {
  await expect(judge('sp')).resolves.toBe('x')
})

test('an authority that issued the certificate does not sign for the service provider (cases/reports 01)', async () => {
  await expect(judge('ca')).rejects.toMatchObject({ code: 'SAML_SIGNATURE' })
})
