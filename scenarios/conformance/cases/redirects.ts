import { verify } from 'node:crypto'
import { attributeOf, childOf, childrenOf } from '#saml/xml/element'
import { logIn, logout, prepare, refresh, whoAmI } from '../api.ts'
import { section } from '../case.ts'
import { expectMatch, expectSame } from '../drift.ts'
import { type RealmName, sloUrl, spEntityId, ssoUrl } from '../realms.ts'
import { redirectOf, type SentRedirect } from '../redirects.ts'
import type { Target } from '../target.ts'

async function logoutAt(target: Target, realm: RealmName) {
  const tokens = await logIn(target, realm)
  return { tokens, answer: await logout(target, { token: tokens.accessToken }) }
}

const rsaSha256 = 'SigAlg=http%3A%2F%2Fwww.w3.org%2F2001%2F04%2Fxmldsig-more%23rsa-sha256'

/** The signature covers all of what stands before it, by this key and no other. */
function expectSigned({ signedText, signature }: SentRedirect, { keys }: Target): void {
  const verifies = (text: string, name: 'sp' | 'stranger') =>
    verify('sha256', Buffer.from(text), keys[name].certificate.publicKey, signature)
  expectSame('verifies', verifies(signedText, 'sp'), true)
  expectSame('verifies with another key', verifies(signedText, 'stranger'), false)
  expectSame('verifies when shortened', verifies(signedText.slice(0, -1), 'sp'), false)
}

export const logoutTokens = section('11.3 logout', [
  {
    number: 14,
    title: 'a logout with an access token ends it and leaves the refresh token alone',
    asks: 'wire',
    run: async (target) => {
      const { tokens, answer } = await logoutAt(target, 'plain')
      expectSame('status', answer.status, 200)
      if (target.profile.showsLogoutId) expectMatch('id', answer.json['id'], /^_[0-9a-f]{20,}/)
      expectSame('root', redirectOf(answer).root.key, 'samlp:LogoutRequest')
      expectSame('access token', (await whoAmI(target, tokens.accessToken)).status, 401)
      expectSame('refresh token', (await refresh(target, tokens.refreshToken)).status, 200)
    },
  },
])

export const redirectUrls = section('11.4 redirect URL building', [
  {
    number: 15,
    title: 'without a key and a relay state there is only the message',
    asks: 'wire',
    run: async (target) => {
      const { address, names } = redirectOf((await logoutAt(target, 'unsigned')).answer)
      expectSame('redirect', [address, names], [`${sloUrl}?`, ['SAMLRequest']])
    },
  },
  {
    number: 16,
    title: 'message, relay state, algorithm, signature: in this order',
    asks: 'wire',
    run: async (target) => {
      const { names, url } = redirectOf(await prepare(target, 'plain', { relay_state: 'hello' }))
      expectSame('names', names, ['SAMLRequest', 'RelayState', 'SigAlg', 'Signature'])
      expectMatch('redirect', url, new RegExp(`&RelayState=hello&${rsaSha256.replaceAll('.', '\\.')}&Signature=`))
    },
  },
  {
    number: 17,
    title: 'a query that the address has already is kept',
    asks: 'wire',
    run: async (target) => {
      const { url, address } = redirectOf(await prepare(target, 'queries', { relay_state: 'foo' }))
      expectSame('address', address, `${ssoUrl}?a=xyz&`)
      expectMatch('redirect', url, /&RelayState=foo&/)
    },
  },
  {
    number: 18,
    title: 'an address that ends in a question mark gets no other',
    asks: 'wire',
    run: async (target) => {
      expectSame('address', redirectOf((await logoutAt(target, 'queries')).answer).address, `${sloUrl}?`)
    },
  },
  {
    number: 19,
    title: 'the signature of a LogoutRequest covers everything before it',
    asks: 'wire',
    run: async (target) => expectSigned(redirectOf((await logoutAt(target, 'plain')).answer), target),
  },
  {
    number: 20,
    title: 'so does that of an AuthnRequest, which has three parameters',
    asks: 'wire',
    run: async (target) => {
      const redirect = redirectOf(await prepare(target, 'plain'))
      expectSame('names', redirect.names, ['SAMLRequest', 'SigAlg', 'Signature'])
      expectSigned(redirect, target)
    },
  },
  {
    number: 21,
    title: 'an instant is written in UTC with milliseconds',
    asks: 'clock',
    run: async (lab) => {
      lab.clock.set(Date.parse('2018-01-14T22:47:00Z'))
      const { xml } = redirectOf((await logoutAt(lab, 'plain')).answer)
      expectMatch('LogoutRequest', xml, / IssueInstant="2018-01-14T22:47:00\.000Z"/)
    },
  },
])

export const logoutRequests = section('11.5 LogoutRequest content', [
  {
    number: 22,
    title: 'an IdP without a logout service is not asked',
    asks: 'wire',
    run: async (target) => {
      const { answer } = await logoutAt(target, 'no-slo')
      const nothing = target.profile.showsLogoutId ? { id: null, redirect: null } : { redirect: null }
      expectSame('answer', [answer.status, answer.json], [200, nothing])
    },
  },
  {
    number: 23,
    title: 'of several bindings that for redirects is taken',
    asks: 'wire',
    run: async (target) => {
      expectSame('address', redirectOf((await logoutAt(target, 'three-slo')).answer).address, `${sloUrl}/redirect?`)
    },
  },
  {
    number: 24,
    title: 'the NameID is that of the login with both qualifiers; one SessionIndex and nothing beyond',
    asks: 'wire',
    run: async (target) => {
      const nameId = {
        value: 'carol',
        format: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
        nameQualifier: 'idp-qualifier',
        spNameQualifier: 'sp-qualifier',
      }
      const tokens = await logIn(target, 'plain', { person: { nameId, session: '_session24' } })
      expectLogoutRequestOf(redirectOf(await logout(target, { token: tokens.accessToken })), nameId)
    },
  },
])

function expectLogoutRequestOf({ root }: SentRedirect, expected: Readonly<Record<string, string>>): void {
  const nameId = childOf(root, 'saml:NameID')
  const read = nameId && {
    value: nameId.text,
    format: attributeOf(nameId, 'Format'),
    nameQualifier: attributeOf(nameId, 'NameQualifier'),
    spNameQualifier: attributeOf(nameId, 'SPNameQualifier'),
  }
  expectSame('NameID', read, expected)
  expectSame('Issuer', childOf(root, 'saml:Issuer')?.text, spEntityId('plain'))
  const children = ['saml:Issuer', 'saml:NameID', 'samlp:SessionIndex']
  expectSame(
    'children',
    root.children.map(({ key }) => key),
    children,
  )
  expectSame(
    'SessionIndex',
    childrenOf(root, 'samlp:SessionIndex').map(({ text }) => text),
    ['_session24'],
  )
  const names = ['Destination', 'ID', 'IssueInstant', 'Version']
  expectSame('attributes', root.attributes.map(({ local }) => local).sort(), names)
  expectMatch('ID', attributeOf(root, 'ID'), /^.{21,}$/)
}
