import { afterAll, expect, test } from 'vitest'
import { startLab } from '../lab.ts'

const lab = await startLab({ partners: [{ name: 'wiki' }] })
afterAll(() => lab.close())

async function press(button: string): Promise<void> {
  const answer = await fetch(`${lab.esUrl}/_sloop/console/${button}`, { method: 'POST', redirect: 'manual' })
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/_sloop/'])
}

test('one button signs in at the application and the partner, another logs out there, a third breaks a logout', async () => {
  await press('signInEverywhere')
  const { sessions } = await lab.idp.sessions.list()
  expect(sessions.map(({ user, participants }) => `${user} ${participants.length}`)).toEqual(['alice 2'])
  await press('logOutEverywhere')
  const { logouts } = await lab.idp.logouts.list()
  expect(logouts.map(({ state, legs }) => `${state} ${legs.length}`)).toEqual(['complete 2'])
  await press('breakLogout')
  const { entries } = await lab.journal.read({ what: 'LogoutRequest', accepted: false })
  expect(entries.map(({ party, refusal }) => `${party} ${refusal?.code}`)).toEqual(['es SAML_UNSIGNED'])
})
