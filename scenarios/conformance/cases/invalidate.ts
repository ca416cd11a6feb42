import { verify } from 'node:crypto'
import { attributeOf, childOf } from '#saml/xml/element'
import { alive, dead, invalidate, logIn, probe, refresh } from '../api.ts'
import { section } from '../case.ts'
import { expectIncludes, expectMatch, expectSame } from '../drift.ts'
import { carried, logoutQuery, makeLogoutRequest, newPerson, signedQuery } from '../messages.ts'
import { idpEntityId, logoutUrl, sloUrl } from '../realms.ts'
import { redirectOf } from '../redirects.ts'
import { errorOf, expectSamlRefusal } from '../refusals.ts'

const elsewhere = 'https://attacker.sloop.test/'

export const invalidateMessages = section('11.1 invalidate: message handling', [
  {
    number: 1,
    title: 'a signed LogoutRequest with the right issuer and destination is accepted, also without a SessionIndex',
    asks: 'wire',
    run: async (target) => {
      const nameId = { ...newPerson().nameId, nameQualifier: 'idp-qualifier', spNameQualifier: 'sp-qualifier' }
      const person = { nameId, session: undefined }
      await logIn(target, 'plain', { person })
      const answer = await invalidate(target, 'plain', logoutQuery(target, 'plain', person, { id: '_kept1' }))
      expectSame('invalidated', [answer.status, answer.json['invalidated']], [200, 1])
      expectSame('InResponseTo', attributeOf(redirectOf(answer).root, 'InResponseTo'), '_kept1')
    },
  },
  {
    number: 2,
    title: 'another issuer is refused, and both are named',
    asks: 'wire',
    run: async (target) => {
      const query = logoutQuery(target, 'plain', newPerson(), { issuer: elsewhere })
      const answer = await invalidate(target, 'plain', query)
      expectSamlRefusal(answer, target, { reason: /Issuer/ })
      expectIncludes('reason', errorOf(answer)['reason'], elsewhere, idpEntityId)
    },
  },
  {
    number: 3,
    title: 'another destination is refused, and both are named',
    asks: 'wire',
    run: async (target) => {
      const query = logoutQuery(target, 'plain', newPerson(), { destination: elsewhere })
      const answer = await invalidate(target, 'plain', query)
      expectSamlRefusal(answer, target, { reason: /destination/ })
      expectIncludes('reason', errorOf(answer)['reason'], elsewhere, logoutUrl('plain'))
    },
  },
  {
    number: 4,
    title: 'the signature of another valid request is refused',
    asks: 'wire',
    run: async (target) => {
      const [one = '', other = ''] = [1, 2].map(() => logoutQuery(target, 'plain', newPerson()))
      const swapped = `${one.replace(/&Signature=.*$/, '')}${other.slice(other.indexOf('&Signature='))}`
      const answer = await invalidate(target, 'plain', swapped)
      expectSamlRefusal(answer, target, { reason: /^SAML Signature \[.*could not be validated/ })
    },
  },
  {
    number: 5,
    title: 'a SigAlg rewritten after signing is refused; untouched it passes',
    asks: 'wire',
    run: async (target) => {
      const query = logoutQuery(target, 'plain', newPerson())
      const rewritten = query.replace(
        encodeURIComponent('http://www.w3.org/2001/04/xmldsig-more#rsa-sha256'),
        encodeURIComponent('http://www.w3.org/2000/09/xmldsig#rsa-sha1'),
      )
      const answer = await invalidate(target, 'plain', rewritten)
      expectSamlRefusal(answer, target, { reason: /^SAML Signature \[.*could not be validated/ })
      expectSame('status of the untouched one', (await invalidate(target, 'plain', query)).status, 200)
    },
  },
  {
    number: 6,
    title: 'a request without any signature is refused',
    asks: 'wire',
    run: async (target) => {
      const answer = await invalidate(target, 'plain', carried(makeLogoutRequest(target, 'plain', newPerson())))
      expectSamlRefusal(answer, target, { reason: /is not signed/ })
    },
  },
  {
    number: 7,
    title: 'base64 with a line break every 48 characters is accepted',
    asks: 'wire',
    run: async (target) => {
      const unbroken = decodeURIComponent(carried(makeLogoutRequest(target, 'plain', newPerson())).slice(12))
      const broken = unbroken.replace(/.{48}/g, '$&\n')
      const query = signedQuery(`SAMLRequest=${encodeURIComponent(broken)}`, target.keys.idp)
      expectSame('status', (await invalidate(target, 'plain', query)).status, 200)
    },
  },
  {
    number: 8,
    title: 'a RelayState that is signed along comes back, blank and all',
    asks: 'wire',
    run: async (target) => {
      const request = carried(makeLogoutRequest(target, 'plain', newPerson()))
      const query = signedQuery(`${request}&RelayState=Hail+Hydra`, target.keys.idp)
      expectSame('RelayState', redirectOf(await invalidate(target, 'plain', query)).values['RelayState'], 'Hail Hydra')
    },
  },
])

export const invalidateTokens = section('11.2 invalidate: tokens', [
  {
    number: 9,
    title: 'exactly the pairs of that NameID in that session are ended',
    asks: 'wire',
    run: async (target) => {
      const person = newPerson()
      const others = [
        { ...person, session: '_other' },
        { ...newPerson(), session: person.session },
      ]
      const matching = [await logIn(target, 'plain', { person }), await logIn(target, 'plain', { person })]
      const [session, name] = await Promise.all(others.map((other) => logIn(target, 'plain', { person: other })))
      const answer = await invalidate(target, 'plain', logoutQuery(target, 'plain', person))
      expectSame('invalidated', answer.json['invalidated'], 2)
      for (const tokens of matching) expectSame('matching pair', await probe(target, tokens), dead)
      for (const tokens of [session, name]) {
        if (tokens !== undefined) expectSame('other pair', await probe(target, tokens), alive)
      }
    },
  },
  {
    number: 10,
    title: 'of each pair the access token never ends before the refresh token',
    asks: 'internals',
    run: async (lab) => {
      const person = newPerson()
      await logIn(lab, 'plain', { person })
      await logIn(lab, 'plain', { person })
      await invalidate(lab, 'plain', logoutQuery(lab, 'plain', person))
      expectMatch('changes', lab.changes.join(', '), /^(refresh(, | and )access(, )?)+$/)
    },
  },
  {
    number: 11,
    title: 'the answer names the realm and leads back to the IdP with a LogoutResponse',
    asks: 'wire',
    run: async (target) => {
      const answer = await invalidate(target, 'plain', logoutQuery(target, 'plain', newPerson()))
      expectSame('fields', Object.keys(answer.json), ['realm', 'invalidated', 'redirect'])
      expectSame('realm', answer.json['realm'], 'plain')
      const { address, root, signedText, signature } = redirectOf(answer)
      expectSame('address', address, `${sloUrl}?`)
      expectSame('root', root.key, 'samlp:LogoutResponse')
      const status = childOf(root, 'samlp:Status')
      const code = status && childOf(status, 'samlp:StatusCode')
      expectSame('status code', code && attributeOf(code, 'Value'), 'urn:oasis:names:tc:SAML:2.0:status:Success')
      const { publicKey } = target.keys.sp.certificate
      expectSame('signed', verify('sha256', Buffer.from(signedText), publicKey, signature), true)
    },
  },
  {
    number: 12,
    title: 'only pairs of that realm with a live half count',
    asks: 'wire',
    run: async (target) => {
      const person = newPerson()
      const there = await logIn(target, 'attributes', { person })
      await logIn(target, 'plain', { person })
      const query = () => logoutQuery(target, 'plain', person)
      expectSame('first', (await invalidate(target, 'plain', query())).json['invalidated'], 1)
      expectSame('again', (await invalidate(target, 'plain', query())).json['invalidated'], 0)
      expectSame('pair of the other realm', await probe(target, there), alive)
    },
  },
  {
    number: 13,
    title: 'a realm is found by its name alone',
    asks: 'wire',
    run: async (target) => {
      const tokens = await logIn(target, 'slo-off')
      const answer = await invalidate(target, 'slo-off', logoutQuery(target, 'slo-off', tokens.person))
      expectSame('answer', [answer.json['realm'], answer.json['invalidated']], ['slo-off', 1])
      expectSame('refresh after', (await refresh(target, tokens.refreshToken)).status, 400)
    },
  },
])
