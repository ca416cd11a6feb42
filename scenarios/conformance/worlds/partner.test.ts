import { expect, onTestFinished, test } from 'vitest'
import { httpGet } from '#server/http-get'
import { type LabOptions, startLab } from '../../../harness/index.ts'
import { createPerson } from '../../run/person.test-support.ts'

/** A world in which alice is signed in at the application, if there is one, and at every partner. */
async function signedIn(world: LabOptions) {
  const lab = await startLab(world)
  onTestFinished(() => lab.close())
  const agent = createPerson()
  const urls = [...Object.values(lab.applicationUrls), ...Object.values(lab.partnerUrls)]
  for (const [index, url] of urls.entries()) {
    await agent.open(url)
    if (url in byUrl(lab.partnerUrls)) await agent.press('Log in')
    if (index === 0) await agent.press('alice')
    expect((await agent.see()).text).toContain('You are signed in as alice')
  }
  /** Who is still signed in. */
  const stillIn = async () => {
    const parties = Object.entries({ ...lab.applicationUrls, ...lab.partnerUrls })
    const states = await Promise.all(
      parties.map(
        async ([name, url]) => [name, (await agent.peek(url)).text.includes('You are signed in as')] as const,
      ),
    )
    return states.filter(([, isIn]) => isIn).map(([name]) => name)
  }
  return { lab, agent, stillIn }
}

const byUrl = (urls: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.values(urls).map((url) => [url, true]))

test('"Log out everywhere" reaches the application and partners of another make', async () => {
  const { lab, agent, stillIn } = await signedIn({ partners: [{ name: 'wiki' }, { name: 'mail' }] })
  await agent.open(lab.idpUrl)
  await agent.press('Log out everywhere')
  expect((await agent.see()).text).toContain('Every service provider confirmed the logout.')
  expect(await stillIn()).toEqual([])
})

test('a logout at a partner ends every session, and comes back to it', async () => {
  const { lab, agent, stillIn } = await signedIn({ partners: [{ name: 'wiki' }, { name: 'mail' }] })
  await agent.open(lab.partnerUrls['wiki'] ?? '')
  await agent.press('Log out')
  const { url, text } = await agent.see()
  expect(url).toBe(`${lab.partnerUrls['wiki']}/logged-out/confirmed`)
  expect(text).toContain('The identity provider confirmed the logout.')
  expect(await stillIn()).toEqual([])
})

test('a logout at the application reaches a partner, and one at a partner the application', async () => {
  const { lab, agent, stillIn } = await signedIn({ partners: [{ name: 'wiki' }] })
  await agent.open(lab.appUrl)
  await agent.press('Log out')
  expect((await agent.see()).text).toContain('You are logged out')
  expect(await stillIn()).toEqual([])
})

/** What the IdP says in the end, and whether the user is signed in at the partner then. `slow` only waits. */
test.each([
  ['polite', 'Every service provider confirmed the logout.', false],
  ['answersTwice', 'Every service provider confirmed the logout.', false],
  ['dropsRelayState', 'Every service provider confirmed the logout.', false],
  ['lying', 'Every service provider confirmed the logout.', true],
  ['needsCookie', 'Every service provider confirmed the logout.', false],
  ['partial', 'Success / PartialLogout', false],
  ['refusing', 'Responder', true],
  ['unsigned', 'its answer was refused: the message', false],
  ['foreignKey', 'its answer was refused: the signature does not verify', false],
  ['wrongInResponseTo', 'what came back was refused: LogoutResponse', false],
  ['silent', 'This partner ends the session and answers no LogoutRequest.', false],
  ['failing', 'This partner fails at every LogoutRequest.', true],
] as const)('our IdP and a partner that is %s: the page says [%s]', async (temper, sentence, staysSignedIn) => {
  const { lab, agent, stillIn } = await signedIn({ applications: [], partners: [{ name: 'wiki', temper }] })
  await agent.open(lab.idpUrl)
  await agent.press('Log out everywhere')
  expect((await agent.see()).text).toContain(sentence)
  expect(await stillIn()).toEqual(staysSignedIn ? ['wiki'] : [])
})

test('the second answer of answersTwice is refused, and what the first said stays', async () => {
  const refused: object[] = []
  const write = (facts: object) => void ('code' in facts && refused.push(facts))
  const log = { info: write, warn: write, error: write }
  const { lab, agent } = await signedIn({ applications: [], partners: [{ name: 'wiki', temper: 'answersTwice' }], log })
  await agent.open(lab.idpUrl)
  await agent.press('Log out everywhere')
  const { url } = await agent.see()
  await expect.poll(() => refused, { timeout: 5_000 }).toMatchObject([{ code: 'SAML_IN_RESPONSE_TO' }])
  expect((await httpGet(url)).body).toContain('Every service provider confirmed the logout.')
})

test('a partner that misbehaves harms nobody but its own leg', async () => {
  const partners = [
    { name: 'wiki', temper: 'lying' as const },
    { name: 'mail', temper: 'refusing' as const },
    { name: 'crm' },
  ]
  const { lab, agent, stillIn } = await signedIn({ partners })
  await agent.open(lab.idpUrl)
  await agent.press('Log out everywhere')
  expect((await agent.see()).text).toContain('Partial logout: 1 of 4 service provider sessions did not confirm it.')
  expect(await stillIn()).toEqual(['wiki', 'mail'])
})

test('needsCookie keeps the session where the cookie does not come along', async () => {
  const partners = [{ name: 'wiki', temper: 'needsCookie' as const, sameSite: 'strict' as const }]
  const lab = await startLab({ applications: [], partners })
  onTestFinished(() => lab.close())
  const agent = createPerson()
  const wiki = lab.partnerUrls['wiki'] ?? ''
  await agent.open(wiki)
  await agent.press('Log in')
  await agent.press('alice')
  await agent.open(lab.idpUrl)
  await agent.press('Log out everywhere')
  expect((await agent.see()).text).toContain('Requester / UnknownPrincipal')
  await agent.open(wiki)
  expect((await agent.see()).text).toContain('You are signed in as alice')
})
