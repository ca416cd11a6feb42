import { expect, test } from 'vitest'
import { resolveIdpConfig } from '../config.ts'
import type { Draft } from '../outbox/draft.ts'
import { putInEnvelope } from '../outbox/outbox.ts'
import { makeIdpParts } from '../parts.ts'
import { idpOrigin, noon } from '../sp.test-support.ts'
import { credential, mint, orders, sloUrl } from './changes.test-support.ts'
import { makeDraft } from './make-changes.ts'

test('by another binding a message goes to the address of that binding, which is its Destination too', async () => {
  const minted = await mint('LogoutResponse', { binding: 'post' })
  expect(minted).toMatchObject({ binding: 'post', form: { action: `${sloUrl('post')}/done` } })
  expect(minted.document).toContain(`Destination="${sloUrl('post')}/done"`)
  expect(minted.document).toContain('<ds:Signature')
  const call = await mint('LogoutRequest', { binding: 'soap' })
  expect(call).toMatchObject({ binding: 'soap', endpoint: sloUrl('soap') })
  expect(await mint('Response', { binding: 'redirect' })).toMatchObject({
    url: expect.stringMatching(/^https:\/\/orders\.test\/acs\?SAMLResponse=.*&SigAlg=.*&Signature=/),
  })
})

test.each([
  ['acs', 'https://orders.test/acs'],
  ['slo', sloUrl('redirect')],
  ['location', sloUrl('redirect')],
  [{ value: 'https://elsewhere.test/x?a=b' }, 'https://elsewhere.test/x?a=b'],
])('address %j is where it is sent, and its Destination stays', async (address, sent) => {
  const minted = await mint('LogoutResponse', { address })
  const separator = sent.includes('?') ? '&' : '?'
  expect(minted).toMatchObject({ url: expect.stringContaining(`${sent}${separator}SAMLResponse=`) })
  expect(minted.document).toContain(`Destination="${sloUrl('redirect')}/done"`)
})

test.each<[Parameters<typeof mint>, string]>([
  [
    ['LogoutRequest', { parameters: ['sigAlg'] }, { binding: 'soap' }],
    'change.parameters: there is no query, and this message goes by another binding',
  ],
  [
    ['LogoutRequest', { escapes: 'lower' }, { binding: 'post' }],
    'change.escapes: only a query is encoded so, and this message goes by another binding',
  ],
  [
    ['LogoutRequest', { deflate: 'none' }, { binding: 'post' }],
    'change.deflate: only in a query a message is compressed, and this one goes by another binding',
  ],
  [
    ['LogoutRequest', { base64: 'wrapped' }, { binding: 'soap' }],
    'change.base64: by SOAP a message stands in its envelope as XML',
  ],
  [['LogoutRequest', { relayState: 'empty' }, { binding: 'soap' }], 'change.relayState: by SOAP no RelayState travels'],
  [
    ['LogoutRequest', { signature: 'messageOnly' }, { binding: 'post' }],
    'change.signature: there is no query to sign, and this message goes by another binding',
  ],
  [
    ['LogoutRequest', { signature: 'withoutRelayState' }],
    'change.signature: it has no RelayState that could be signed otherwise',
  ],
  [
    ['LogoutRequest', { signature: 'rawRelayState' }, { relayState: 'abc' }],
    'change.signature: there is nothing to escape in its RelayState, expected one with / or :',
  ],
  [
    ['LogoutRequest', { signature: { wrapped: 4 } }],
    'change.signature: wrapping 4 is about an Assertion, and there is none; expected 1, 2, 7 or 8',
  ],
  [['LogoutRequest', { space: 'plus' }], 'change.space: there is no blank in it, expected a RelayState with one'],
  [['LogoutResponse', { nameId: 'none' }], 'change.nameId: this message names nobody'],
  [
    ['LogoutRequest', { sessionIndex: 'shared' }],
    'change.sessionIndex: only a Response has it, expected none, wrong, empty or {"list":["_shared"]}',
  ],
  [['LogoutRequest', { inResponseTo: 'none' }], 'change.inResponseTo: a LogoutRequest answers nothing'],
  [['LogoutResponse', { inResponseTo: 'older' }], 'change.inResponseTo: there was no request before this one'],
  [['LogoutResponse', { notOnOrAfter: 'none' }], 'change.notOnOrAfter: a LogoutResponse has none'],
  [
    ['LogoutResponse', { binding: 'post' }, { binding: 'soap' }],
    'change.binding: it is answered in the exchange that asked',
  ],
  [
    ['LogoutRequest', { address: 'sso' }],
    'change.address: a service provider has none, expected acs, slo, location or {"value":…}',
  ],
])('what the message cannot take is refused with its reason: %j', async (asked, message) => {
  const path = message.slice(0, message.indexOf(':'))
  await expect(mint(...asked)).rejects.toMatchObject({ name: 'MintRefusal', type: 'notMade', path, message })
})

test.each<[object, string, unknown]>([
  [{ signatur: 'none' }, 'change.signatur: there is no change [signatur], did you mean signature?', 'signature'],
  [{ escapes: 'lowr' }, 'change.escapes: there is no value [lowr], did you mean lower?', 'lower'],
  [
    { escapes: { signed: 'upper', sent: 'lowr' } },
    'change.escapes.sent: there is no value [lowr], did you mean lower?',
    'lower',
  ],
  [
    { escapes: { signed: 'upper', send: 'lower' } },
    'change.escapes.send: there is no key [send], did you mean sent?',
    'sent',
  ],
  [
    { parameters: ['message', 'sigalg'] },
    'change.parameters[1]: there is no value [sigalg], did you mean sigAlg?',
    'sigAlg',
  ],
  [{ nameId: { formt: 'omit' } }, 'change.nameId.formt: there is no key [formt], did you mean format?', 'format'],
  [{ nameId: { format: 'omitt' } }, 'change.nameId.format: there is no value [omitt], did you mean omit?', 'omit'],
  [
    { issueInstant: { shiftMs: '5' } },
    'change.issueInstant.shiftMs: expected a number, found the text "5"',
    'a number',
  ],
  [
    { deflate: 5 },
    'change.deflate: expected one of raw, none, zlib, truncated, garbage, padded, found the number 5',
    expect.anything(),
  ],
  [
    { status: ['Sucess'] },
    'change.status[0]: there is no status code [Sucess], did you mean Success?',
    expect.anything(),
  ],
  [{ address: { value: 'javascript:x' } }, 'change.address.value: expected an http or https URL', expect.anything()],
  [
    { relayState: { value: 'a\u0000' } },
    'change.relayState.value: it holds the character U+0000 at position 2',
    expect.anything(),
  ],
  [{ signature: 'none', key: 'foreign' }, 'change.key: nothing is signed where signature is none', undefined],
  [
    { binding: 'post', escapes: 'lower' },
    'change.binding: by post there is no query, and escapes changes one, expected redirect',
    'redirect',
  ],
  [{ delivery: 'never' }, 'change.delivery: nothing is sent here, the caller delivers it', undefined],
])(
  'what there is not, and what can never be combined, is refused by its path: %j',
  async (change, message, expected) => {
    const refused = await mint('LogoutRequest', { ...change }).catch((error: unknown) => error)
    expect(refused).toMatchObject({ name: 'MintRefusal', type: 'invalid', expected })
    expect((refused as Error).message).toContain(message)
  },
)

test('what a message cannot take is not made, and the rest of the change is; without one it is as it always was', async () => {
  const serviceProviders = [{ metadata: orders.metadata }]
  const parts = makeIdpParts(resolveIdpConfig({ baseUrl: idpOrigin, credential, serviceProviders }))
  const status = { codes: ['urn:oasis:names:tc:SAML:2.0:status:Success'] }
  const to = { spEntityId: orders.entityId, way: 'redirect', address: orders.sloUrl } as const
  const fields = {
    id: '_1',
    issueInstant: noon,
    issuer: 'urn:idp',
    destination: orders.sloUrl,
    inResponseTo: '_0',
    status,
  }
  const draft: Draft = { kind: 'LogoutResponse', to, relayState: 'r', fields }
  const change = { nameId: 'none', inResponseTo: 'older', relayState: 'empty' } as const
  await parts.seenRequests.begin(
    { spEntityId: orders.entityId, id: '_0' },
    { runId: 'one', until: Number.POSITIVE_INFINITY },
  )
  const { notMade, ...envelope } = await putInEnvelope(parts, draft, change)
  expect(notMade?.map(({ key }) => key)).toEqual(['nameId', 'inResponseTo'])
  expect(envelope).toMatchObject({ id: '_1', url: expect.stringContaining('&RelayState=&SigAlg=') })
  await parts.seenRequests.begin(
    { spEntityId: orders.entityId, id: '_r0' },
    { runId: 'one', until: Number.POSITIVE_INFINITY },
  )
  expect((await makeDraft(change, { draft, parts })).notMade.map(({ key }) => key)).toEqual(['nameId'])
  expect((await putInEnvelope(parts, draft, change)).document).toContain('InResponseTo="_r0"')
  const { notMade: none, ...unchanged } = await putInEnvelope(parts, draft, {})
  expect([none, unchanged]).toEqual([[], await putInEnvelope(parts, draft)])
})
