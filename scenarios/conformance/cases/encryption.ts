import { authenticate, logIn, whoAmI } from '../api.ts'
import { section } from '../case.ts'
import { expectSame } from '../drift.ts'
import { encryptAssertion, encryptAttribute } from '../encrypt.ts'
import { makeResponse, newPerson } from '../messages.ts'
import { expectLoginRefused } from '../refusals.ts'
import type { Target } from '../target.ts'

/** The names of the attributes that a login brought. */
async function attributeNames(target: Target, accessToken: string): Promise<readonly string[]> {
  const { metadata } = (await whoAmI(target, accessToken)).json
  const names = Object.keys((metadata ?? {}) as object)
  return names.filter((name) => !name.startsWith('saml_nameid')).sort()
}

export const encryptions = section('11.9 authenticate: message checks', [
  {
    number: 45,
    title: 'an encrypted assertion in a signed Response is accepted',
    asks: 'wire',
    run: async (target) => {
      const edit = (xml: string) => encryptAssertion(xml, target.keys['sp-encryption'])
      const { answer, person } = await logIn(target, 'encrypted', { edit, signs: ['response'] })
      expectSame('username', answer.json['username'], person.nameId.value)
    },
  },
  {
    number: 46,
    title: 'an assertion that was signed before it was encrypted is accepted in an unsigned Response',
    asks: 'wire',
    run: async (target) => {
      const person = newPerson()
      const xml = await makeResponse(target, 'encrypted', { person })
      const encrypted = encryptAssertion(xml, target.keys['sp-encryption'])
      const { status, json } = await authenticate(target, 'encrypted', encrypted)
      expectSame('answer', [status, json['username']], [200, person.nameId.value])
    },
  },
  {
    number: 47,
    title: 'an encrypted attribute is read',
    asks: 'wire',
    run: async (target) => {
      const edit = (xml: string) => encryptAttribute(xml, target.keys['sp-encryption'])
      const { accessToken } = await logIn(target, 'encrypted', { edit })
      const expected = ['saml(urn:oid:0.9.2342.19200300.100.1.1)', 'saml_uid']
      expectSame('attributes', await attributeNames(target, accessToken), expected)
    },
  },
  {
    number: 48,
    title: 'an assertion that is encrypted to somebody else is refused',
    asks: 'wire',
    run: async (target) => {
      const edit = (xml: string) => encryptAssertion(xml, target.keys.stranger)
      const xml = await makeResponse(target, 'encrypted', { edit, signs: ['response'] })
      expectLoginRefused(await authenticate(target, 'encrypted', xml), target, 'Failed to decrypt')
    },
  },
  {
    number: 49,
    title: 'an attribute that is encrypted to somebody else is passed over',
    asks: 'wire',
    run: async (target) => {
      const edit = (xml: string) => encryptAttribute(xml, target.keys.stranger)
      const { accessToken } = await logIn(target, 'encrypted', { edit })
      expectSame('attributes', await attributeNames(target, accessToken), [])
    },
  },
])
