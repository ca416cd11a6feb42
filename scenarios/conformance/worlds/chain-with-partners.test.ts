import { expect, onTestFinished, test } from 'vitest'
import { startLab } from '../../../harness/index.ts'
import { createPerson, probeFor } from '../../run/person.test-support.ts'
import { startStranger } from './strangers.test-support.ts'

/** A person who is signed in at our application, at a partner that lies, at one that is silent, and at a stranger, which is asked last. */
async function signedInEverywhere() {
  const stranger = await startStranger({ name: 'stranger', binding: 'post' })
  onTestFinished(() => stranger.close())
  const lab = await startLab({
    partners: [
      { name: 'liar', temper: 'lying' },
      { name: 'mute', temper: 'silent' },
    ],
    serviceProviders: [{ name: 'stranger', metadata: stranger.metadata }],
  })
  onTestFinished(() => lab.close())
  await stranger.meet(lab.idpUrl)
  const agent = createPerson()
  await agent.open(`${lab.appUrl}/`)
  await agent.press('alice')
  for (const url of Object.values(lab.partnerUrls)) {
    await agent.open(url)
    await agent.press('Log in')
  }
  await agent.open(`${lab.idpUrl}/`)
  await agent.press('Open stranger')
  expect((await agent.see()).text).toBe('signed in at stranger')

  /** Who is still signed in, by what each itself shows and Elasticsearch says. */
  const proven = async () => {
    const { application, accessToken, refreshToken, idpSession } = await probeFor(agent, lab)
    const showsUser = async (url = '') => (await agent.peek(url)).text.includes('You are signed in as alice')
    return {
      app: [application, accessToken, refreshToken],
      idpSession,
      liar: await showsUser(lab.partnerUrls['liar']),
      mute: await showsUser(lab.partnerUrls['mute']),
      stranger: stranger.isSignedIn(),
    }
  }
  return { lab, agent, stranger, proven }
}

/** The row of each participant on the page of a logout. */
const rows = (text: string) =>
  text
    .split('\n')
    .map((line) => line.split('\t').slice(0, 3).join(', '))
    .filter((row) => row.includes(', asked by ') || row.endsWith(', not asked'))

const mute = 'This partner ends the session and answers no LogoutRequest.'
const onlyTheLiar = {
  app: ['signedOut', 'dead', 'dead'],
  idpSession: 'dead',
  liar: true,
  mute: false,
  stranger: false,
}

test('a chain that meets a liar and a silent partner is Partial, says of each what it said, and a probe finds the lie', async () => {
  const { lab, agent, stranger, proven } = await signedInEverywhere()
  await agent.open(`${lab.idpUrl}/`)
  await agent.press('Log out everywhere')
  expect((await agent.see()).text).toContain(mute)
  expect(stranger.seen).toEqual([])
  await agent.open(`${lab.idpUrl}/`)
  await agent.press('Go on with the logout')
  const { text } = await agent.see()
  expect(text).toContain('Partial logout: 1 of 4 service provider sessions did not confirm it.')
  expect(rows(text)).toEqual([
    'app, says Success, asked by Redirect',
    'liar, says Success, asked by Redirect',
    'mute, did not answer, asked by Redirect',
    'stranger, says Success, asked by POST',
  ])
  expect(await proven()).toEqual(onlyTheLiar)
}, 30_000)

test('the stranger that asked for such a logout is told PartialLogout once somebody has gone on', async () => {
  const { lab, agent, stranger, proven } = await signedInEverywhere()
  await agent.open(`${stranger.url}/logout`)
  expect((await agent.see()).text).toContain(mute)
  await agent.open(`${lab.idpUrl}/`)
  await agent.press('how far it has come')
  const { url, text } = await agent.see()
  expect(text).toContain('stranger asked for this logout and has still to be told how it ended.')
  await agent.open(`${lab.idpUrl}/`)
  await agent.press('Go on with the logout')
  expect((await agent.see()).text).toBe('stranger says LogoutResponse Success / PartialLogout, RelayState back')
  await agent.open(url)
  expect(rows((await agent.see()).text)).toEqual([
    'app, says Success, asked by Redirect',
    'liar, says Success, asked by Redirect',
    'mute, did not answer, asked by Redirect',
  ])
  expect(await proven()).toEqual(onlyTheLiar)
}, 30_000)

test('once both partners are polite the same chain is complete, and everybody is signed out', async () => {
  const { lab, agent, proven } = await signedInEverywhere()
  for (const name of ['liar', 'mute']) await lab.partners.change(name, { temper: 'polite' })
  await agent.open(`${lab.idpUrl}/`)
  await agent.press('Log out everywhere')
  expect((await agent.see()).text).toContain('Every service provider confirmed the logout.')
  expect(await proven()).toEqual({ ...onlyTheLiar, liar: false })
})
