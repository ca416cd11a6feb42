import { entriesOf } from '../../harness/diagram/entry.test-support.ts'
import { brokenOff, notRun, type ScenarioResult } from '../run/scenario-result.ts'
import { allSignedOut } from '../scenario/expected.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { open, press } from '../scenario/steps.ts'

const scenario = (id: string, title: string): Scenario => ({
  id,
  title,
  clauses: ['saml-core-2.0 §3.7'],
  bugs: ['A1'],
  conditions: { browser: { scripts: 'off' } },
  steps: [open('application'), press('Log out')],
  expected: { claim: 'logged out' },
})

const asked = (id: string, title: string) => ({ scenario: scenario(id, title), round: 1, rounds: 1 })

const document =
  '<samlp:LogoutRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol">a &amp; b</samlp:LogoutRequest>'

export const held: ScenarioResult = {
  ...asked('logout/held', 'what should end ends'),
  ...{ outcome: 'held', reason: null, differences: [], lies: [], bundle: null, ms: 45 },
  claimed: { url: 'http://app.test/', text: 'You are <logged> out\nName\tAnswer' },
  proven: { ...allSignedOut, others: { wiki: { application: 'signedIn' } } },
  ledgers: [
    {
      ...{ logout: 'l1', user: 'alice', claimed: 'complete', idpSession: 'dead' },
      participants: [
        {
          ...{
            party: 'app',
            name: 'app',
            serviceProvider: 'urn:app',
            requester: false,
            sessionIndex: '_1',
            asked: 1,
            answered: 2,
          },
          ...{ claimed: 'ended', proven: 'ended' },
          facts: { application: 'signedOut', accessToken: 'dead', refreshToken: 'dead' },
        },
      ],
    },
  ],
  sight: {
    bundle: {
      ...{ format: 'sloop-bundle', formatVersion: 1, version: '0', world: {}, certificates: [] },
      entries: entriesOf(
        { what: 'LogoutRequest', direction: 'sent', party: 'idp', from: 'idp', to: 'urn:app', document },
        { what: 'reset' },
      ),
    },
    world: { parties: [], realms: [] },
    pictures: [{ browser: 'first', png: Buffer.from('png') }],
  },
}

export const lied: ScenarioResult = {
  ...brokenOff(asked('logout/lied', 'who says that it is over tells the truth'), ''),
  differences: ['accessToken is alive, expected dead', 'wiki claims that the session ended, and it has not'],
  lies: ['wiki claims that the session ended, and it has not'],
  ms: 1_200,
  bundle: 'report/bundles/logout-lied.sloop-bundle.json',
}

export const differing: ScenarioResult = {
  ...brokenOff(
    asked('login/differs', 'the page says who somebody is'),
    'the page does not say [a] but [b\n\u001B[31m <c>\uFFFE]',
  ),
  ms: 7,
}

export const skipped = notRun(
  asked('login/frames', 'frames know no cookies'),
  'only by --driver browser: it is about frames',
)

export const results: readonly ScenarioResult[] = [held, lied, differing, skipped]
