import { expect, test } from 'vitest'
import { deflate, inflate } from '#saml/bindings/deflate'
import { spoilRedirect } from './spoil.ts'

const document = '<saml2p:LogoutRequest><saml2:NameID Format="urn:f">alice</saml2:NameID></saml2p:LogoutRequest>'
const redirect = (xml = document) => {
  const query = {
    SAMLRequest: deflate(xml).toString('base64'),
    RelayState: 'a b',
    SigAlg: 'urn:alg',
    Signature: 'c2ln',
  }
  return `http://app.test/logout?${new URLSearchParams(query)}`
}
const queryOf = (url: string) => Object.fromEntries(new URL(url).searchParams)

// cases/sabotage H4: nothing in the repository used it.
test('without its signature a redirect has neither SigAlg nor Signature, and is otherwise the same', () => {
  const { SigAlg, Signature, ...others } = queryOf(redirect())
  expect([SigAlg, Signature]).toEqual(['urn:alg', 'c2ln'])
  expect(queryOf(spoilRedirect(redirect(), 'signature-removed'))).toStrictEqual(others)
})

test('with another name the redirect keeps the signature, which no longer fits', () => {
  const spoiled = queryOf(spoilRedirect(redirect(), 'name-id-changed'))
  const { SAMLRequest: before, ...others } = queryOf(redirect())
  const { SAMLRequest: after, ...kept } = spoiled
  expect(kept).toStrictEqual(others)
  expect(after).not.toBe(before)
  expect(inflate(Buffer.from(after ?? '', 'base64')).toString()).toBe(document.replace('>alice<', '>mallory<'))
})

test.each([
  ['has no NameID', document.replaceAll('NameID', 'BaseID')],
  ['names mallory already', document.replace('alice', 'mallory')],
])('a redirect cannot be spoiled by a name that %s', (_case, xml) => {
  expect(() => spoilRedirect(redirect(xml), 'name-id-changed')).toThrow(
    new Error('the redirect carries no LogoutRequest with a NameID'),
  )
})
