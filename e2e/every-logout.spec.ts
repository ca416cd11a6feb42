import { expect, type Page, test } from 'playwright/test'
import { type Lab, startLab } from 'sloop'
import { type Stranger, startStranger } from '../scenarios/strangers.test-support.ts'

type Propagation = 'chain' | 'frames'

/** Our application, a second one and four strangers: one takes POST only, one SOAP, one never answers and one refuses. */
async function startWorld(propagation: Propagation, participantTimeoutSeconds = 3) {
  const strangers = await Promise.all([
    startStranger({ name: 'by-post', binding: 'post' }),
    startStranger({ name: 'by-soap', binding: 'soap' }),
    startStranger({ name: 'silent', binding: 'redirect', temper: 'silent' }),
    startStranger({ name: 'refusing', binding: 'redirect', temper: 'refusing' }),
  ])
  const lab = await startLab({
    applications: [{ name: 'app' }, { name: 'second' }],
    serviceProviders: strangers.map(({ name, metadata }) => ({ name, metadata })),
    idp: { propagation, participantTimeoutSeconds },
  })
  await Promise.all(strangers.map((stranger) => stranger.meet(lab.idpUrl)))
  const [post, , silent] = strangers
  return {
    ...{ lab, strangers, post, silent },
    [Symbol.asyncDispose]: async () => {
      await Promise.all([lab.close(), ...strangers.map((stranger) => stranger.close())])
    },
  }
}

interface World {
  readonly lab: Lab
  readonly strangers: readonly Stranger[]
}

async function signInEverywhere(page: Page, { lab, strangers }: World, without: readonly Stranger[] = []) {
  await page.goto(`${lab.appUrl}/`)
  await page.getByRole('button', { name: 'alice' }).click()
  await expect(page.getByRole('heading', { name: 'You are signed in as alice' })).toBeVisible()
  await page.goto(`${lab.applicationUrls['second']}/`)
  await expect(page.getByRole('heading', { name: 'You are signed in as alice' })).toBeVisible()
  for (const { name } of strangers.filter((stranger) => !without.includes(stranger))) {
    await page.goto(`${lab.idpUrl}/`)
    await page.getByRole('button', { name: `Open ${name}` }).click()
    await expect(page.getByText(`signed in at ${name}`)).toBeVisible()
  }
  await page.goto(`${lab.idpUrl}/`)
}

const says = (page: Page, name: string, text: string) =>
  expect(page.getByRole('row', { name: `${name} ${text}` })).toBeVisible()

async function expectTruth(page: Page, silence: string) {
  await expect(page.getByText('Partial logout: 2 of 6 service provider sessions did not confirm it.')).toBeVisible()
  await says(page, 'app', 'says Success asked by Redirect')
  await says(page, 'second', 'says Success asked by Redirect')
  await says(page, 'by-post', 'says Success asked by POST')
  await says(page, 'by-soap', 'says Success asked by SOAP')
  await says(page, 'silent', silence)
  await says(page, 'refusing', 'says Responder asked by Redirect')
}

test('a chain over every binding stays where nobody answers, and goes on from the portal', async ({ page }) => {
  await using world = await startWorld('chain')
  await signInEverywhere(page, world)
  await page.getByRole('button', { name: 'Log out everywhere' }).click()
  await expect(page.getByText('silent says nothing')).toBeVisible()
  await page.goto(`${world.lab.idpUrl}/`)
  await page.getByRole('button', { name: 'Go on with the logout' }).click()
  await expectTruth(page, 'did not answer')
  expect(world.strangers.map((stranger) => stranger.isSignedIn())).toEqual([false, false, true, true])
})

test('a chain that a stranger starts by POST comes back to it as a partial logout', async ({ page }) => {
  await using world = await startWorld('chain')
  await signInEverywhere(page, world)
  await page.goto(`${world.post.url}/logout`)
  await expect(page.getByText('silent says nothing')).toBeVisible()
  await page.goto(`${world.lab.idpUrl}/`)
  await page.getByRole('button', { name: 'Go on with the logout' }).click()
  await expect(page.getByText('by-post says LogoutResponse Success / PartialLogout, RelayState back')).toBeVisible()
})

test('frames end by themselves, and the page says of each what happened', async ({ page }) => {
  await using world = await startWorld('frames')
  await signInEverywhere(page, world)
  await page.getByRole('button', { name: 'Log out everywhere' }).click()
  await expect(page.getByTitle('Logout at refusing').contentFrame().getByText('says Responder')).toBeVisible()
  await expectTruth(page, 'did not answer within 3 s')
  expect(world.strangers.map((stranger) => stranger.isSignedIn())).toEqual([false, false, true, true])
})

test('frames in which everybody answers are over before their time, and tell who started the logout', async ({
  page,
}) => {
  await using world = await startWorld('frames', 60)
  await signInEverywhere(page, world, [world.silent])
  await page.goto(`${world.post.url}/logout`)
  await expect(page.getByText('by-post says LogoutResponse Success / PartialLogout, RelayState back')).toBeVisible()
})

test.describe('with scripts off', () => {
  test.use({ javaScriptEnabled: false })

  test('frames end by themselves as well', async ({ page }) => {
    await using world = await startWorld('frames')
    const { lab, strangers } = world
    await page.goto(`${lab.idpUrl}/`)
    await page.getByRole('button', { name: 'alice' }).click()
    for (const { name } of strangers.slice(1)) {
      await page.getByRole('button', { name: `Open ${name}` }).click()
      await page.getByRole('button', { name: 'Continue' }).click()
      await expect(page.getByText(`signed in at ${name}`)).toBeVisible()
      await page.goto(`${lab.idpUrl}/`)
    }
    await page.getByRole('button', { name: 'Log out everywhere' }).click()
    await expect(page.getByText('Partial logout: 2 of 3 service provider sessions did not confirm it.')).toBeVisible()
    await says(page, 'silent', 'did not answer within 3 s')
    await says(page, 'refusing', 'says Responder asked by Redirect')
  })
})
