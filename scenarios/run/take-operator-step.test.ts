import { expect, test } from 'vitest'
import * as steps from '../scenario/steps.ts'
import { fakeBrowsers, fakeLab } from './fake-stage.test-support.ts'
import { createStage } from './stage.ts'
import { takeOperatorStep } from './take-operator-step.ts'

const login = { what: 'Response', party: 'idp', sessionIndexes: ['_own'] }

/** What was asked of the control API, and what a browser did. */
async function take(step: steps.OperatorStep, more: object = {}) {
  const { open: openBrowser, done } = fakeBrowsers()
  const { lab, called } = fakeLab(more)
  await takeOperatorStep(step, createStage(lab, { openBrowser }))
  return { called, done }
}

const fault = { party: 'idp', on: 'LogoutRequest' as const, change: { signature: 'none' as const } }

test.each<[steps.OperatorStep, readonly unknown[]]>([
  [steps.armFault(fault), ['faults.arm', fault]],
  [steps.armFault({ ...fault, to: 'wiki' }), ['faults.arm', { ...fault, to: 'urn:wiki' }]],
  [steps.setClock('es', { shiftMs: 5 }), ['clocks.set', 'es', { shiftMs: 5 }]],
  [steps.changeBehaviour({ propagation: 'frames' }), ['behaviour.change', { propagation: 'frames' }]],
  [steps.changePartner('wiki', 'lying'), ['partners.change', 'wiki', { temper: 'lying' }]],
  [steps.rotateKey('newOnly'), ['keys.rotate', { publish: 'newOnly' }]],
  [steps.endIdpSession('bob'), ['sessions.end', 's2']],
  [steps.forgetServiceProvider('wiki'), ['serviceProviders.remove', 'urn:wiki']],
  [
    steps.waitFor({ what: 'LogoutRequest', to: 'app' }),
    ['journal.waitFor', { match: { what: 'LogoutRequest', to: 'urn:app' } }],
  ],
  [
    steps.introduceByHand('wiki', { encrypts: true }),
    [
      'serviceProviders.add',
      {
        ...{ name: 'wiki', entityId: 'urn:wiki', acs: 'http://wiki.test/acs' },
        slo: 'http://wiki.test/logout',
        certificates: ['PEM'],
      },
    ],
  ],
  [
    steps.introduceByHand('wiki', { by: 'soap' }),
    [
      'serviceProviders.add',
      {
        ...{ name: 'wiki', entityId: 'urn:wiki', acs: 'http://wiki.test/acs' },
        singleLogout: [{ binding: 'soap', location: 'http://wiki.test/logout' }],
        certificates: [],
      },
    ],
  ],
  [
    steps.introduceByHand('saml1'),
    [
      'serviceProviders.add',
      {
        ...{ name: 'saml1', entityId: 'urn:app', acs: 'http://app.test/acs' },
        slo: 'http://app.test/logout',
        certificates: [],
      },
    ],
  ],
])('%j is asked of the control API as %j', async (step, call) => {
  expect(await take(step)).toEqual({ called: [call], done: [] })
})

test('every session of the user is ended', async () => {
  const { called } = await take(steps.endIdpSession('alice'))
  expect(called).toEqual([
    ['sessions.end', 's1'],
    ['sessions.end', 's3'],
  ])
})

test('in a change the word for it stands for the SessionIndex of the newest login', async () => {
  const journal = { read: async () => ({ entries: [{ ...login, sessionIndexes: ['_old'] }, login], next: 2 }) }
  const change = { sessionIndex: steps.ownSessionIndex }
  const { called } = await take(steps.armFault({ ...fault, change }), { journal })
  expect(called).toEqual([['faults.arm', { ...fault, change: { sessionIndex: '_own' } }]])
})

const minted = { kind: 'LogoutRequest', to: 'app' } as const

test("what the IdP writes out of turn is about the user's newest session, and carried by a browser", async () => {
  const { called, done } = await take(steps.mint({ ...minted, user: 'alice' }, { browser: 'phone' }))
  expect(called).toEqual([['mint', { ...minted, to: 'urn:app', session: 's3' }]])
  expect(done).toEqual(['browser 1 first, open, http://app.test/logout?SAMLRequest=a'])
})

test('it is posted where it comes as a form, and by a call nobody carries it', async () => {
  const idpThatMints = (answer: object) => ({ idp: { mint: async () => answer } })
  const form = { action: 'http://app.test/acs', fields: {} }
  expect((await take(steps.mint(minted), idpThatMints({ form }))).done).toEqual([
    'browser 1 first, post, http://app.test/acs',
  ])
  await expect(take(steps.mint(minted), idpThatMints({ envelope: '' }))).rejects.toThrow(
    new Error('a message by SOAP is carried by no browser'),
  )
})

test.each([
  [steps.endIdpSession('carol'), '[carol] has no session at the IdP that could be ended'],
  [steps.mint({ ...minted, user: 'carol' }), '[carol] has no session at the IdP'],
  [steps.introduceByHand('nobody'), '[nobody] is no service provider of this world'],
])('%j cannot be taken: %s', async (step, sentence) => {
  await expect(take(step)).rejects.toThrow(new Error(sentence))
})
