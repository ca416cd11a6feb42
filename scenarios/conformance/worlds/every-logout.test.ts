import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Lab, startLab } from '../../../harness/index.ts'
import { createPerson } from '../../run/person.test-support.ts'
import { type Stranger, startStranger } from './strangers.test-support.ts'

const [post, soap, silent, refusing] = await Promise.all([
  startStranger({ name: 'by-post', binding: 'post' }),
  startStranger({ name: 'by-soap', binding: 'soap' }),
  startStranger({ name: 'silent', binding: 'redirect', temper: 'silent' }),
  startStranger({ name: 'refusing', binding: 'redirect', temper: 'refusing' }),
])
const strangers: readonly Stranger[] = [post, soap, silent, refusing]
let lab: Lab

beforeAll(async () => {
  lab = await startLab({
    applications: [{ name: 'app' }, { name: 'second' }],
    serviceProviders: strangers.map(({ name, metadata }) => ({ name, metadata })),
  })
  await Promise.all(strangers.map((stranger) => stranger.meet(lab.idpUrl)))
})
afterAll(() => Promise.all([lab.close(), ...strangers.map((stranger) => stranger.close())]))

/** A person who is signed in everywhere. */
async function signedInEverywhere() {
  const agent = createPerson()
  await agent.open(`${lab.appUrl}/`)
  await agent.press('alice')
  await agent.open(`${lab.applicationUrls['second']}/`)
  for (const { name } of strangers) {
    await agent.open(`${lab.idpUrl}/`)
    await agent.press(`Open ${name}`)
  }
  return agent
}

/** The row of each participant on the page of a logout: what it said and how it was asked. */
const rows = (text: string) =>
  Object.fromEntries(
    text
      .split('\n')
      .map((line) => line.split('\t'))
      .filter((cells) => cells.length === 4)
      .slice(1)
      .map(([name, says, how]) => [name, `${says}, ${how}`]),
  )
const everybody = {
  app: 'says Success, asked by Redirect',
  second: 'says Success, asked by Redirect',
  'by-post': 'says Success, asked by POST',
  'by-soap': 'says Success, asked by SOAP',
  silent: 'did not answer, asked by Redirect',
  refusing: 'says Responder, asked by Redirect',
}
const but = (name: keyof typeof everybody) => {
  const { [name]: _started, ...others } = everybody
  return others
}
const partial = 'Success / PartialLogout'

/** The page of the run that the browser is in, as its portal leads to it. */
async function goOn(agent: Awaited<ReturnType<typeof signedInEverywhere>>) {
  await agent.open(`${lab.idpUrl}/`)
  await agent.press('how far it has come')
  const before = await agent.see()
  await agent.press('Continue')
  return before
}

test('"Log out everywhere" over every binding, a silent participant and one that refuses says of each what happened', async () => {
  const agent = await signedInEverywhere()
  await agent.open(`${lab.idpUrl}/`)
  await agent.press('Log out everywhere')
  expect((await agent.see()).text).toBe('silent says nothing')
  const running = await goOn(agent)
  expect(rows(running.text)).toMatchObject({
    silent: 'asked, no answer yet, asked by Redirect',
    refusing: 'not asked yet, not asked',
  })
  const { text } = await agent.see()
  expect(rows(text)).toEqual(everybody)
  expect(text).toContain('Partial logout: 2 of 6 service provider sessions did not confirm it.')
  expect(strangers.map((stranger) => stranger.isSignedIn())).toEqual([false, false, true, true])
})

test.each([
  ['by-post', post, but('by-post')],
  ['refusing', refusing, but('refusing')],
] as const)(
  'a logout that %s starts by the browser is answered by its own binding as Partial',
  async (name, stranger, others) => {
    const agent = await signedInEverywhere()
    await agent.open(`${stranger.url}/logout`)
    const running = await goOn(agent)
    expect(running.text).toContain(`${name} asked for this logout and has still to be told how it ended.`)
    expect((await agent.see()).text).toBe(`${name} says LogoutResponse ${partial}, RelayState back`)
    await agent.open(running.url)
    const { text } = await agent.see()
    expect(text).toContain(`${name} asked for this logout and was told how it ended.`)
    expect(rows(text)).toMatchObject(others)
    expect(Object.keys(rows(text))).not.toContain(name)
  },
)

test('a logout that our application starts ends there, and the page of the run says of each what happened', async () => {
  const agent = await signedInEverywhere()
  await agent.open(`${lab.appUrl}/`)
  await agent.press('Log out')
  const running = await goOn(agent)
  expect((await agent.see()).text).toContain('You are logged out')
  await agent.open(running.url)
  expect(rows((await agent.see()).text)).toEqual(but('app'))
})

test('a logout that is started by a call is answered in the call: who needs a browser was not asked', async () => {
  const agent = await signedInEverywhere()
  await agent.open(`${soap.url}/logout`)
  expect((await agent.see()).text).toBe(`by-soap says LogoutResponse ${partial}`)
  expect(strangers.map((stranger) => stranger.isSignedIn())).toEqual([true, false, true, true])
})

test('one that refused is asked again alone, and refuses again', async () => {
  const agent = await signedInEverywhere()
  await agent.open(`${lab.idpUrl}/`)
  await agent.press('Log out everywhere')
  await goOn(agent)
  await agent.press('Ask those again that did not confirm')
  await goOn(agent)
  const { silent: silence, refusing: refusal } = everybody
  expect(rows((await agent.see()).text)).toEqual({ silent: silence, refusing: refusal })
})
