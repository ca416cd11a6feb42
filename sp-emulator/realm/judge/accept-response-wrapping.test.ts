import { expect, test } from 'vitest'
import { refusal } from '#saml/refusals.test-support'
import { loginXml, signLogin } from '../test-logins.test-support.ts'
import { testRealm } from '../test-realm.test-support.ts'

const login = (xml: Buffer) => testRealm().realm.authenticate(xml, ['_login1'])
const notValidatedXml = expect.objectContaining({
  code: 'SAML_SIGNATURE',
  message: expect.stringMatching(/^SAML Signature \[.{32}\.\.\.\] could not be validated against \[.{64}\.\.\.\]$/s),
})
const cannotBeParsed = expect.objectContaining({ message: 'Failed to parse SAML message' })

const assertionPattern = /<saml2:Assertion .*<\/saml2:Assertion>/s
const signaturePattern = /<ds:Signature .*<\/ds:Signature>/s
const pieces = async (ids: readonly string[]) => {
  const original = (await signLogin(loginXml(), { ids })).toString().replace(/^<\?xml.*?\?>/, '')
  return {
    original,
    signature: signaturePattern.exec(original)?.[0] ?? '',
    assertion: assertionPattern.exec(original)?.[0] ?? '',
  }
}
const evil = (xml: string) =>
  xml
    .replace('alice', 'mallory')
    .replace('_response1', '_evil')
    .replace('_assertion1', '_evilAssertion')
    .replace(signaturePattern, '')
const intoSignature = (signature: string, content: string) =>
  signature.replace('</ds:Signature>', `${content}</ds:Signature>`)
const behindIssuer = (xml: string, content: string) => xml.replace('</saml2:Issuer>', `$&${content}`)

test('case 73: a forged Response with the original inside its Signature is refused', async () => {
  const { original, signature } = await pieces(['_response1'])
  const unsignedOriginal = original.replace(signaturePattern, '')
  const forged = behindIssuer(evil(original), intoSignature(signature, unsignedOriginal))
  await expect(login(Buffer.from(forged))).rejects.toThrow(cannotBeParsed)
})

test('case 74: a forged Response with the original as a child is refused', async () => {
  const { original } = await pieces(['_response1'])
  const forged = evil(original).replace('</saml2p:Response>', `${original}$&`)
  await expect(login(Buffer.from(forged))).rejects.toThrow(cannotBeParsed)
})

test('case 75: a forged Assertion beside the signed one is refused', async () => {
  const { original, assertion } = await pieces(['_assertion1'])
  const forged = original.replace(assertionPattern, `${evil(assertion)}${assertion}`)
  await expect(login(Buffer.from(forged))).rejects.toThrow(
    refusal('SAML_ASSERTION', 'Expecting only 1 assertion, but response contains multiple (2)'),
  )
})

test('case 76: the signed Assertion nested in a forged one is refused', async () => {
  const { original, assertion } = await pieces(['_assertion1'])
  const forged = original.replace(assertionPattern, evil(assertion).replace('</saml2:Assertion>', `${assertion}$&`))
  await expect(login(Buffer.from(forged))).rejects.toThrow(cannotBeParsed)
})

test('case 77: a forged Assertion under the moved signature, the original beside it, is refused', async () => {
  const { original, assertion, signature } = await pieces(['_assertion1'])
  const forgedAssertion = behindIssuer(evil(assertion), signature)
  const forged = original.replace(assertionPattern, `${forgedAssertion}${assertion.replace(signaturePattern, '')}`)
  await expect(login(Buffer.from(forged))).rejects.toThrow(
    refusal('SAML_ASSERTION', 'Expecting only 1 assertion, but response contains multiple (2)'),
  )
})

test('case 78: a signature that carries the original inside a forged Assertion is refused', async () => {
  const { original, assertion, signature } = await pieces(['_assertion1'])
  const carrier = intoSignature(signature, assertion.replace(signaturePattern, ''))
  const forged = original.replace(assertionPattern, behindIssuer(evil(assertion), carrier))
  await expect(login(Buffer.from(forged))).rejects.toThrow(cannotBeParsed)
})

test('an original that hides in an Object of the signature is refused', async () => {
  const { original, assertion, signature } = await pieces(['_assertion1'])
  const carrier = intoSignature(signature, `<ds:Object>${assertion.replace(signaturePattern, '')}</ds:Object>`)
  const forged = original.replace(assertionPattern, behindIssuer(evil(assertion), carrier))
  await expect(login(Buffer.from(forged))).rejects.toThrow(notValidatedXml)
})

test('a forged Assertion in the Extensions of the Response is never read', async () => {
  const { original, assertion } = await pieces(['_assertion1'])
  const forged = original.replace('<saml2p:Status>', `<saml2p:Extensions>${evil(assertion)}</saml2p:Extensions>$&`)
  expect(JSON.stringify(await login(Buffer.from(forged)))).not.toContain('mallory')
})

test('a name that only a line end of XML 1.1 sets apart from the signed one is refused', async () => {
  const xml = loginXml().replace('>alice<', '>al&amp;#8232;ice<')
  const signed = (await signLogin(xml, { ids: ['_response1'] })).toString()
  const forged = signed.replace('>al&amp;#8232;ice<', '><![CDATA[al\u2028ice]]><')
  await expect(login(Buffer.from(forged))).rejects.toThrow(notValidatedXml)
})
