import { expect, test } from 'vitest'
import { SamlError } from '#saml/errors'
import { writeAuthnRequest } from '#saml/messages/authn-request'
import type { Check } from '#saml/rules/ask-all'
import type { Presented } from '#saml/rules/presented'
import { signEnveloped } from '#saml/signature/enveloped-signature'
import type { ToExplain } from '../saml-realm.ts'
import { loginXml, signedLogin } from '../test-logins.test-support.ts'
import {
  acsUrl,
  baseConfig,
  carry,
  idpEntityId,
  idpKey,
  logoutQuery,
  logoutRequest,
  logoutUrl,
  noon,
  signed,
  strangerKey,
  testRealm,
} from '../test-realm.test-support.ts'
import { authenticate } from './bad-authenticate.test-support.ts'
import { completeLogout, logoutResponse } from './bad-complete-logout.test-support.ts'
import { invalidate } from './bad-invalidate.test-support.ts'
import { type BadMessage, inQuery, posted } from './bad-message.test-support.ts'
import { explainMessage } from './explain-message.ts'

const login = await signedLogin()
const ids = ['_login1', '_logout1']
const explain = (presented: Presented, { at, ...asked }: ToExplain = {}, { context } = testRealm()) => {
  const { inResponseTo } = { inResponseTo: ids, ...asked }
  const clock = at === undefined ? context.clock : { now: () => at }
  return explainMessage(presented, { ...context, clock, ids: inResponseTo })
}
const broken = (checks: readonly Check[]) => checks.filter(({ holds }) => holds === false).map(({ rule }) => rule)
const unaskable = (checks: readonly Check[]) => checks.filter(({ holds }) => holds === null).map(({ rule }) => rule)
const checkOf = (checks: readonly Check[], rule: string) => checks.find((check) => check.rule === rule)

const all = Object.entries({ invalidate, completeLogout, authenticate }).flatMap(([call, messages]) =>
  messages.map((message): [string, BadMessage] => [`${call}, ${message.row}`, message]),
)

test.each(all)(
  'of what is refused the broken rule is named first, with what was expected and what came: %s',
  (_row, bad) => {
    const { checks } = explain(bad.presented, {}, testRealm(bad.config, bad.idp))
    const first = checks.find(({ holds }) => holds === false)
    const { rule, code, row, presented, config, idp, ...facts } = bad
    expect(first).toMatchObject({ rule, code, ...facts })
    expect([first?.expected, first?.message]).not.toContain(null)
    if (bad.actual !== null) expect(first?.actual).not.toBeNull()
  },
)

/** What the realm itself says, by the call that takes what was presented. */
async function refusalOf({ presented, config, idp }: BadMessage): Promise<unknown> {
  const { realm } = testRealm(config, idp)
  const content = presented.carrier === 'form' ? (presented.fields['SAMLResponse'] ?? '') : ''
  try {
    if (presented.carrier === 'query' && presented.queryString.includes('SAMLResponse=')) {
      realm.checkLogoutResponse({ queryString: presented.queryString, content: undefined, ids })
    } else if (presented.carrier === 'query') {
      await realm.answerLogoutRequest(realm.acceptLogoutRequest(presented.queryString))
    } else if (explain(presented).kind === 'LogoutResponse') {
      realm.checkLogoutResponse({ queryString: undefined, content, ids })
    } else await realm.authenticate(Buffer.from(content, 'base64'), ids)
  } catch (error) {
    if (!(error instanceof SamlError)) throw error
    return { code: error.code, message: error.message }
  }
  return undefined
}

function firstBroken({ presented, config, idp }: BadMessage) {
  const first = explain(presented, {}, testRealm(config, idp)).checks.find(({ holds }) => holds === false)
  return first && { code: first.code, message: first.message }
}

test.each(all)('the first broken rule says what the realm says: %s', async (_row, bad) => {
  expect(firstBroken(bad)).toEqual(await refusalOf(bad))
})

/** Small damage, the same each time: a character more, less or another at places all over a text. */
function damaged(text: string): readonly string[] {
  const step = Math.max(1, Math.floor(text.length / 16))
  const places = Array.from({ length: Math.floor(text.length / step) }, (_, index) => index * step)
  return places.flatMap((at, index) => {
    const written = ['<', '%', 'A', ''][index % 4] ?? ''
    return [text.slice(0, at) + written + text.slice(at + 1), text.slice(0, at) + text.slice(at + 7)]
  })
}

const redirected = (document: string, name?: string) => inQuery(signed(carry(document, name)))

test.each([
  ['the query of a LogoutRequest', () => damaged(logoutQuery()).map(inQuery)],
  ['a LogoutRequest that is signed as it is', () => damaged(logoutRequest()).map((text) => redirected(text))],
  [
    'a LogoutRequest that was signed before',
    async () => {
      return damaged(await signEnveloped(logoutRequest(), '_request1', idpKey)).map((text) => inQuery(carry(text)))
    },
  ],
  [
    'a LogoutResponse that is signed as it is',
    () => damaged(logoutResponse()).map((text) => redirected(text, 'SAMLResponse')),
  ],
  ['a Response that was signed before', async () => damaged((await signedLogin()).toString()).map(posted)],
])('whatever is broken, realm and explanation agree: %s', async (_what, messages) => {
  const differing: unknown[] = []
  for (const presented of await messages()) {
    const bad = { row: '', rule: '', code: '', presented }
    const [told, said] = [firstBroken(bad), await refusalOf(bad)]
    if (JSON.stringify(told) !== JSON.stringify(said)) differing.push({ presented, told, said })
  }
  expect(differing).toEqual([])
})

test('a good LogoutRequest breaks no rule, and tells whom it names', () => {
  const told = explain(inQuery(logoutQuery()))
  expect(told).toMatchObject({ kind: 'LogoutRequest', binding: 'redirect', id: '_request1' })
  expect(told).toMatchObject({ from: idpEntityId, to: logoutUrl, document: logoutRequest() })
  expect(told.names).toMatchObject({ saml_nameid_val: 'alice', saml_session: '_session1', saml_realm: 'saml1' })
  expect(broken(told.checks)).toEqual([])
  expect(unaskable(told.checks)).toEqual(['documentSignedByTheIdp', 'nameIdOpens'])
})

test.each([
  ['LogoutResponse', 'redirect', redirected(logoutResponse(), 'SAMLResponse')],
  ['LogoutResponse', 'post', posted(await signEnveloped(logoutResponse(), '_answer1', idpKey))],
  ['Response', 'post', posted(login)],
])('a good %s by %s breaks no rule', (kind, binding, presented) => {
  const told = explain(presented)
  expect({ ...told, broken: broken(told.checks) }).toMatchObject({ kind, binding, broken: [], names: undefined })
})

test('what is signed by somebody else is read all the same: every rule is asked', () => {
  const document = logoutRequest({ issuer: 'https://other.test/', destination: 'https://other.test/', notOnOrAfter: 0 })
  const told = explain(inQuery(signed(carry(document), { key: strangerKey })))
  expect(broken(told.checks)).toEqual(['signedByTheIdp', 'fromTheIdp', 'forThisRealm', 'notExpired'])
  expect(told.names).toMatchObject({ saml_nameid_val: 'alice' })
})

test('what cannot be read leaves the rest unasked, and says why', () => {
  const told = explain(inQuery('SAMLRequest=*'))
  expect(told).toMatchObject({ kind: null, id: null, from: null, to: null, document: null, names: undefined })
  expect(checkOf(told.checks, 'forThisRealm')).toMatchObject({
    holds: null,
    message: 'the message could not be decoded',
  })
})

test('a document alone is judged but for what carried it', () => {
  const told = explain({ carrier: 'document', document: logoutRequest({ destination: 'https://other.test/' }) })
  expect(told).toMatchObject({ kind: 'LogoutRequest', binding: null })
  expect(broken(told.checks)).toEqual(['forThisRealm'])
  expect(checkOf(told.checks, 'signedByTheIdp')).toMatchObject({
    ...{ holds: null, message: 'the document came alone: nobody knows what carried it' },
  })
})

test('another instant stands in the place of the clock', () => {
  const presented = inQuery(logoutQuery({ notOnOrAfter: noon + 60_000 }))
  expect(broken(explain(presented, { at: noon + 240_000 - 1 }).checks)).toEqual([])
  expect(broken(explain(presented, { at: noon + 240_000 }).checks)).toEqual(['notExpired'])
})

test('nobody can say whether a request is pending when nobody said which are', () => {
  const { checks } = explain(posted(login), { inResponseTo: undefined })
  expect(broken(checks)).toEqual([])
  expect(checkOf(checks, 'answersAPendingRequest')).toMatchObject({
    ...{ holds: null, message: 'nobody said which requests are pending' },
  })
})

test('of a receiver that nobody knows all is asked that the sender decides', () => {
  const { context } = testRealm()
  const unknown = { spEntityId: undefined, acsUrl: undefined, logoutUrl: undefined, attributes: undefined }
  const receiver = { ...context, config: { ...baseConfig, ...unknown } }
  const asked = [inQuery(logoutQuery({ issuer: 'https://other.test/' })), posted(login)] as const
  const [ofLogout, ofLogin] = asked.map((presented) => explainMessage(presented, receiver).checks) as [Check[], Check[]]
  expect([broken(ofLogout), broken(ofLogin)]).toEqual([['fromTheIdp'], []])
  expect(unaskable(ofLogout)).toContain('forThisRealm')
  expect(unaskable(ofLogin)).toEqual(
    expect.arrayContaining(['forThisRealm', 'forThisAudience', 'forThisAcs', 'namesAUser']),
  )
  expect(checkOf(ofLogout, 'forThisRealm')?.message).toBe('nobody said where the receiver takes logouts')
})

test('a LogoutRequest in a form and a Response in a query come by no way that a node takes', () => {
  const form = { SAMLRequest: Buffer.from(logoutRequest()).toString('base64') }
  expect(broken(explain({ carrier: 'form', fields: form }).checks)).toContain('cameByRedirect')
  expect(explain(redirected(loginXml(), 'SAMLResponse')).checks[0]).toMatchObject({ rule: 'cameByPost', holds: false })
})

test('an AuthnRequest is told to be for the identity provider, in one sentence', () => {
  const document = writeAuthnRequest({ id: '_1', issueInstant: noon, issuer: 'urn:sp', acsUrl } as never)
  const { kind, checks } = explain(inQuery(carry(document)))
  expect([kind, checks.length, checks[0]]).toMatchObject([
    ...['AuthnRequest', 1],
    { rule: 'receivedHere', code: 'SAML_ROOT', holds: false, message: expect.stringContaining('ask the IdP') },
  ])
})

test.each([
  ['LogoutRequest', inQuery(logoutQuery())],
  ['LogoutResponse', redirected(logoutResponse(), 'SAMLResponse')],
  ['Response', posted(login)],
])('every rule about a %s has a name of its own and a clause', (_kind, presented) => {
  const { checks } = explain(presented)
  expect(new Set(checks.map(({ rule }) => rule)).size).toBe(checks.length)
  expect(checks.filter(({ clause }) => !/^(saml-[a-z]+-2\.0 §[\d.]+|es:saml-[a-z-]+)$/.test(clause))).toEqual([])
})
