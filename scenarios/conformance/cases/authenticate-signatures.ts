import { authenticate, logIn } from '../api.ts'
import { section } from '../case.ts'
import { expectSame } from '../drift.ts'
import { makeResponse, newPerson } from '../messages.ts'
import { expectLoginRefused } from '../refusals.ts'

export const authenticateSignatures = section('11.9 authenticate: message checks', [
  {
    number: 42,
    title: 'a signed Response with one assertion is accepted',
    asks: 'wire',
    run: async (target) => {
      const { person, answer } = await logIn(target, 'plain', { signs: ['response'] })
      expectSame('username', answer.json['username'], person.nameId.value)
    },
  },
  {
    number: 43,
    title: 'so is one with other prefixes and white space',
    asks: 'wire',
    run: async (target) => {
      const edit = (xml: string) =>
        xml
          .replaceAll('saml2p:', 'p:')
          .replaceAll('xmlns:saml2p=', 'xmlns:p=')
          .replaceAll('saml2:', 'a:')
          .replaceAll('xmlns:saml2=', 'xmlns:a=')
          .replaceAll('><', '>\n  <')
      const { person, answer } = await logIn(target, 'plain', { edit, signs: ['response'] })
      expectSame('username', answer.json['username'], person.nameId.value)
    },
  },
  {
    number: 66,
    title: 'the signature of a stranger is refused',
    asks: 'wire',
    run: async (target) => {
      const xml = await makeResponse(target, 'plain', { key: target.keys.stranger })
      expectLoginRefused(await authenticate(target, 'plain', xml), target, 'could not be validated')
    },
  },
  {
    number: 67,
    title: "a change of the IdP's key counts at once",
    asks: 'internals',
    run: async (lab) => {
      const xml = await makeResponse(lab, 'plain')
      lab.changeIdpKeys(['idp2'])
      expectLoginRefused(await authenticate(lab, 'plain', xml), lab, 'could not be validated')
      await logIn(lab, 'plain', { key: lab.keys.idp2 })
    },
  },
  {
    number: 68,
    title: 'what was altered after signing is refused',
    asks: 'wire',
    run: async (target) => {
      for (const signs of [['assertion'], ['response']] as const) {
        const person = newPerson()
        const xml = await makeResponse(target, 'plain', { person, signs })
        const altered = xml.replaceAll(person.nameId.value, 'superuser')
        expectLoginRefused(await authenticate(target, 'plain', altered), target, 'could not be validated')
      }
    },
  },
  {
    number: 69,
    title: 'any of the keys of an IdP will do',
    asks: 'wire',
    run: async (target) => {
      for (const name of ['idp', 'idp2', 'idp3'] as const) {
        await logIn(target, 'several-keys', { key: target.keys[name] })
      }
    },
  },
])
