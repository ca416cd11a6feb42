import { STATUS } from '#saml/names'
import type { Presented } from '#saml/rules/presented'
import { noon, type testRealm } from '../test-realm.test-support.ts'

/** A message that breaks one rule of the tables in spec §3.12, §5 and §6.2, and what is told of it; `actual` of what is absent is null. */
export interface BadMessage {
  readonly row: string
  readonly presented: Presented
  readonly rule: string
  readonly code: string
  readonly expected?: unknown
  readonly actual?: unknown
  readonly config?: Parameters<typeof testRealm>[0]
  readonly idp?: Parameters<typeof testRealm>[1]
}

export const inQuery = (queryString: string): Presented => ({ carrier: 'query', queryString })
export const posted = (document: string | Buffer): Presented => ({
  carrier: 'form',
  fields: { SAMLResponse: Buffer.from(document).toString('base64') },
})

export const other = 'https://other.test/'
export const past = noon - 180_000
export const pastText = '2031-05-04T11:57:00Z'
export const noonText = '2031-05-04T12:00:00Z'
export const encryptedId =
  '<saml2:EncryptedID xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion"><xenc:EncryptedData xmlns:xenc="http://www.w3.org/2001/04/xmlenc#"><xenc:CipherData><xenc:CipherValue>QQ==</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData></saml2:EncryptedID>'
export const requester = { codes: [STATUS.requester] }
export const cut = (query: string) => query.slice(0, query.indexOf('&SigAlg='))
