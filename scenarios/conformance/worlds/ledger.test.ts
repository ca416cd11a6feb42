import { afterAll, expect, test } from 'vitest'
import { startLab } from '../../../harness/index.ts'
import { createPerson } from '../../run/person.test-support.ts'

const lab = await startLab({
  users: ['alice', 'bob', 'carol', 'dana', 'erin', 'frank'].map((name) => ({ name })),
  partners: [{ name: 'wiki' }, { name: 'liar', temper: 'lying' }, { name: 'mute', temper: 'silent' }],
})
afterAll(() => lab.close())

type Where = 'app' | 'wiki' | 'liar' | 'mute'

/** A person who is signed in there, in this order. */
async function signedIn(user: string, ...at: readonly Where[]) {
  const agent = createPerson()
  await agent.open(`${lab.idpUrl}/`)
  await agent.press(user)
  for (const name of at) {
    await agent.open(`${lab.idpUrl}/`)
    await agent.press(`Open ${name}`)
  }
  return agent
}

async function logOutEverywhere(agent: ReturnType<typeof createPerson>) {
  await agent.open(`${lab.idpUrl}/`)
  await agent.press('Log out everywhere')
}

async function onlyLedger(user: string) {
  const { ledgers } = await lab.ledger({ user })
  expect(ledgers).toHaveLength(1)
  const [ledger] = ledgers
  if (ledger === undefined) throw new Error('there is one')
  return ledger
}

const seq = expect.any(Number)
const atApp = { application: 'signedOut', accessToken: 'dead', refreshToken: 'dead' }
const atPartner = { application: 'signedOut', accessToken: 'unknown', refreshToken: 'unknown' }
const ended = { requester: false, sessionIndex: expect.stringMatching(/^_/), claimed: 'ended', proven: 'ended' }

test('a complete logout: each was asked, answered, claims that its session has ended, and it has', async () => {
  await logOutEverywhere(await signedIn('alice', 'app', 'wiki'))
  const ledger = await onlyLedger('alice')
  expect(ledger).toEqual({
    logout: expect.stringMatching(/^_/),
    user: 'alice',
    claimed: 'complete',
    participants: [
      { party: 'app', name: 'app', serviceProvider: lab.appUrl, ...ended, asked: seq, answered: seq, facts: atApp },
      {
        ...{ party: 'wiki', name: 'wiki' },
        serviceProvider: lab.partnerUrls['wiki'],
        ...ended,
        asked: seq,
        answered: seq,
        facts: atPartner,
      },
    ],
    idpSession: 'dead',
  })
  const [app, wiki] = ledger.participants
  expect(await lab.journal.entry(`${app?.asked}`)).toMatchObject({ what: 'LogoutRequest', to: lab.appUrl })
  const answer = { what: 'LogoutResponse', from: lab.partnerUrls['wiki'], accepted: true, status: ['Success'] }
  expect(await lab.journal.entry(`${wiki?.answered}`)).toMatchObject(answer)
  expect(await lab.ledger({ logout: ledger.logout })).toEqual(ledger)
})

test('who lies claims that its session has ended, and it is alive', async () => {
  await logOutEverywhere(await signedIn('bob', 'liar', 'app'))
  const { claimed, participants } = await onlyLedger('bob')
  expect(claimed).toBe('complete')
  expect(participants).toMatchObject([
    { party: 'liar', claimed: 'ended', proven: 'alive', facts: { application: 'signedIn', accessToken: 'unknown' } },
    { party: 'app', claimed: 'ended', proven: 'ended' },
  ])
})

test('who is silent claims nothing, and who was not asked yet is alive', async () => {
  await logOutEverywhere(await signedIn('carol', 'mute', 'app'))
  const { claimed, participants, idpSession } = await onlyLedger('carol')
  expect([claimed, idpSession]).toEqual(['partial', 'dead'])
  const alive = { application: 'signedIn', accessToken: 'alive', refreshToken: 'alive' }
  expect(participants).toMatchObject([
    { party: 'mute', asked: seq, answered: null, claimed: 'nothing', proven: 'ended' },
    { party: 'app', asked: null, answered: null, claimed: 'nothing', proven: 'alive', facts: alive },
  ])
})

// spec/logout-bugs.md C17: Elasticsearch finds no login of that name and answers Success all the same.
test('a LogoutRequest that matched no login was answered with Success, and the login is alive', async () => {
  const agent = await signedIn('dana', 'app')
  const change = { nameId: { spNameQualifier: 'alter' } }
  await lab.faults.arm({ party: 'idp', on: 'LogoutRequest', to: lab.appUrl, change })
  await agent.setAsideCookies(lab.appUrl)
  await logOutEverywhere(agent)
  const { claimed, participants } = await onlyLedger('dana')
  expect(claimed).toBe('complete')
  expect(participants).toMatchObject([
    {
      ...{ party: 'app', claimed: 'ended', proven: 'alive' },
      facts: { application: 'signedIn', accessToken: 'alive', refreshToken: 'alive' },
    },
  ])
})

test('an application whose browser was elsewhere has a session that opens nothing', async () => {
  const agent = await signedIn('erin', 'app')
  await agent.setAsideCookies(lab.appUrl)
  await logOutEverywhere(agent)
  expect((await onlyLedger('erin')).participants).toMatchObject([{ party: 'app', proven: 'ended', facts: atApp }])
  await agent.bringBackCookies()
  expect((await agent.peek(`${lab.appUrl}/internal/security/me`)).status).not.toBe(200)
})

test('who asked for the logout stands first: its own LogoutRequest is its claim; a later logout of the user behind', async () => {
  const agent = await signedIn('frank', 'app', 'wiki')
  await agent.open(`${lab.partnerUrls['wiki']}/`)
  await agent.press('Log out')
  const wiki = { party: 'wiki', requester: true, asked: null, answered: seq, claimed: 'ended', proven: 'ended' }
  const app = { party: 'app', requester: false, asked: seq, answered: seq, claimed: 'ended', proven: 'ended' }
  const first = await onlyLedger('frank')
  expect(first).toMatchObject({ claimed: 'complete', participants: [wiki, app], idpSession: 'dead' })
  const said = { what: 'LogoutRequest', direction: 'received', from: lab.partnerUrls['wiki'] }
  expect(await lab.journal.entry(`${first.participants[0]?.answered}`)).toMatchObject(said)
  await logOutEverywhere(await signedIn('frank', 'app'))
  const { ledgers } = await lab.ledger({ user: 'frank' })
  expect(ledgers.map(({ participants }) => participants.map(({ party }) => party))).toEqual([['wiki', 'app'], ['app']])
})
