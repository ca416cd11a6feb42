import type { Assertion } from '#saml/messages/assertion'
import { CONFIRMATION_METHOD, STATUS } from '#saml/names'
import { authenticate, logIn, logout, whoAmI } from '../api.ts'
import { section } from '../case.ts'
import { expectIncludes, expectSame } from '../drift.ts'
import { type Change, type Login, makeResponse, newPerson, withAssertion, withResponse } from '../messages.ts'
import { acsUrl, idpEntityId, type RealmName, spEntityId } from '../realms.ts'
import { redirectOf } from '../redirects.ts'
import { expectLoginRefused, expectUnsolicited } from '../refusals.ts'
import type { Target } from '../target.ts'

const elsewhere = 'https://attacker.sloop.test/'

async function offer(target: Target, login: Login, realm: RealmName = 'plain') {
  return authenticate(target, realm, await makeResponse(target, realm, login))
}

/** A Response with these changes is refused, and the log says these words. */
const refuses =
  (changes: readonly Change[], ...logged: readonly string[]) =>
  async (target: Target) =>
    expectLoginRefused(await offer(target, { changes }), target, ...logged)

const confirmedBy = (change: (subject: NonNullable<Assertion['subject']>) => Assertion['subject']): Change =>
  withAssertion(({ subject }) => ({ subject: subject && change(subject) }))

const withConfirmationData = (data: object): Change =>
  confirmedBy((subject) => ({
    ...subject,
    confirmations: subject.confirmations.map((each) => ({ ...each, data: { ...each.data, ...data } })),
  }))

export const authenticateMessages = section('11.9 authenticate: message checks', [
  {
    number: 41,
    title: 'a Response without an assertion is refused',
    asks: 'wire',
    run: async (target) => {
      const changes = [withResponse({ assertions: [] })]
      expectLoginRefused(await offer(target, { changes, signs: ['response'] }), target, 'No assertions found')
    },
  },
  {
    number: 44,
    title: 'attributes, session index and both qualifiers are kept',
    asks: 'wire',
    run: async (target) => {
      const nameId = { ...newPerson().nameId, nameQualifier: 'idp-q', spNameQualifier: 'sp-q' }
      const attributes = [
        { name: 'urn:oid:0.9.2342.19200300.100.1.1', friendlyName: 'uid', values: ['daisy'] },
        { name: 'groups', values: ['a', 'b'] },
      ]
      const person = { nameId, session: '_session44' }
      const { accessToken } = await logIn(target, 'attributes', { person, attributes })
      const { json } = await whoAmI(target, accessToken)
      expectSame('username', json['username'], 'daisy')
      expectSame('groups', (json['metadata'] as Record<string, unknown>)['saml(groups)'], ['a', 'b'])
      const { xml } = redirectOf(await logout(target, { token: accessToken }))
      expectIncludes('LogoutRequest', xml, '"idp-q"', '"sp-q"', '_session44</')
    },
  },
  {
    number: 50,
    title: 'another issuer of the Response is refused',
    asks: 'wire',
    run: refuses([withResponse({ issuer: elsewhere })], elsewhere, idpEntityId),
  },
  {
    number: 51,
    title: 'another issuer of the assertion is refused',
    asks: 'wire',
    run: refuses([withAssertion(() => ({ issuer: elsewhere }))], elsewhere, idpEntityId),
  },
  {
    number: 52,
    title: 'another destination is refused, whichever part is signed',
    asks: 'wire',
    run: async (target) => {
      for (const part of ['assertion', 'response'] as const) {
        const login = { changes: [withResponse({ destination: elsewhere })], signs: [part] }
        expectLoginRefused(await offer(target, login), target, elsewhere, acsUrl('plain'))
      }
    },
  },
  {
    number: 53,
    title: 'an empty destination of an unsigned Response passes',
    asks: 'wire',
    run: async (target) => {
      await logIn(target, 'plain', { changes: [withResponse({ destination: '' })] })
    },
  },
  {
    number: 54,
    title: 'an answer to another request is refused, and both are named',
    asks: 'wire',
    run: async (target) => {
      const xml = await makeResponse(target, 'plain', { inResponseTo: '_request54' })
      expectUnsolicited(await authenticate(target, 'plain', xml, { ids: ['_pending54'] }), target, '_request54')
      if (target.logged !== undefined) expectIncludes('log', target.logged(), '_pending54')
    },
  },
  {
    number: 55,
    title: 'a recipient that differs by its end is refused',
    asks: 'wire',
    run: refuses([withConfirmationData({ recipient: `${acsUrl('plain')}x` })], `${acsUrl('plain')}x`),
  },
  {
    number: 56,
    title: 'an assertion without a subject is refused',
    asks: 'wire',
    run: refuses([withAssertion(() => ({ subject: undefined }))], 'has no Subject'),
  },
  {
    number: 57,
    title: 'an assertion without an AuthnStatement is refused',
    asks: 'wire',
    run: refuses([withAssertion(() => ({ authnStatements: [] }))], 'exactly one was expected'),
  },
  {
    number: 59,
    title: 'a context that was not requested is refused',
    asks: 'wire',
    run: async (target) => {
      expectLoginRefused(await offer(target, {}, 'one-context'), target, 'AuthnContextClassRef')
    },
  },
  {
    number: 60,
    title: 'a subject without a confirmation is refused',
    asks: 'wire',
    run: refuses([confirmedBy((subject) => ({ ...subject, confirmations: [] }))], 'contains [0] bearer'),
  },
  {
    number: 61,
    title: 'a confirmation without data is refused',
    asks: 'wire',
    run: refuses(
      [confirmedBy((subject) => ({ ...subject, confirmations: [{ method: CONFIRMATION_METHOD.bearer }] }))],
      'contains [0] bearer',
    ),
  },
  {
    number: 62,
    title: 'a holder of a key is no bearer',
    asks: 'wire',
    run: refuses(
      [
        confirmedBy((subject) => ({
          ...subject,
          confirmations: subject.confirmations.map((each) => ({ ...each, method: CONFIRMATION_METHOD.holderOfKey })),
        })),
      ],
      'contains [0] bearer',
    ),
  },
  {
    number: 63,
    title: 'a confirmation of an answer to another request is refused',
    asks: 'wire',
    run: async (target) => {
      const changes = [withConfirmationData({ inResponseTo: '_other63' })]
      const xml = await makeResponse(target, 'plain', { inResponseTo: '_request63', changes })
      expectUnsolicited(await authenticate(target, 'plain', xml, { ids: ['_request63'] }), target, '_other63')
    },
  },
  {
    number: 65,
    title: 'a Response that nobody asked for is accepted',
    asks: 'wire',
    run: async (target) => {
      await logIn(target, 'plain', { inResponseTo: undefined })
    },
  },
  {
    number: 71,
    title: 'another audience is refused, and both are named',
    asks: 'wire',
    run: refuses(
      [withAssertion(({ conditions }) => ({ conditions: { ...conditions, audienceRestrictions: [[elsewhere]] } }))],
      elsewhere,
      spEntityId('plain'),
    ),
  },
  {
    number: 72,
    title: 'a Response that reports a failure is refused, and the log names it',
    asks: 'wire',
    run: refuses([withResponse({ status: { codes: [STATUS.requester] } })], STATUS.requester),
  },
])
