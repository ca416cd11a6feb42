import { expect, type Page, test } from 'playwright/test'
import { type Lab, startLab } from 'sloop'
import { type Stranger, startStranger } from '../scenarios/conformance/worlds/strangers.test-support.ts'

type Propagation = 'chain' | 'frames'

/** Longer than a test may take: nobody's time is over unless the clock of the IdP is moved. */
const participantTimeoutSeconds = 300

/** Our application, a second one and four strangers: one takes POST only, one SOAP, one never answers and one refuses. */
async function startWorld(propagation: Propagation) {
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
  const [post, soap, silent, refusing] = strangers
  return {
    ...{ lab, strangers, post, soap, silent, refusing },
    [Symbol.asyncDispose]: async () => {
      await Promise.all([lab.close(), ...strangers.map((stranger) => stranger.close())])
    },
  }
}

interface World {
  readonly lab: Lab
  readonly strangers: readonly Stranger[]
}

async function signIn(page: Page, { lab }: World) {
  await page.goto(`${lab.idpUrl}/`)
  await page.getByRole('button', { name: 'alice' }).click()
}

async function openAtPortal(page: Page, { lab }: World, ...opened: readonly Stranger[]) {
  for (const { name } of opened) {
    await page.goto(`${lab.idpUrl}/`)
    await page.getByRole('button', { name: `Open ${name}` }).click()
    await expect(page.getByText(`signed in at ${name}`)).toBeVisible()
  }
  await page.goto(`${lab.idpUrl}/`)
}

async function openApplications(page: Page, { lab }: World) {
  for (const url of Object.values(lab.applicationUrls)) {
    await page.goto(`${url}/`)
    await expect(page.getByRole('heading', { name: 'You are signed in as alice' })).toBeVisible()
  }
}

const says = (page: Page, name: string, text: string) =>
  expect(page.getByRole('row', { name: `${name} ${text}` })).toBeVisible()

async function expectSuccess(page: Page) {
  await says(page, 'app', 'says Success asked by Redirect')
  await says(page, 'second', 'says Success asked by Redirect')
  await says(page, 'by-post', 'says Success asked by POST')
  await says(page, 'by-soap', 'says Success asked by SOAP')
}

const backAtRequester = (page: Page) =>
  expect(page.getByText('by-post says LogoutResponse Success / PartialLogout, RelayState back')).toBeVisible()

test('a chain over every binding stays where nobody answers and goes on from the portal, whoever started it', async ({
  page,
}) => {
  await using world = await startWorld('chain')
  const { lab, strangers, post, silent } = world
  const goOnFromPortal = async () => {
    await expect(page.getByText('silent says nothing')).toBeVisible()
    await page.goto(`${lab.idpUrl}/`)
    await page.getByRole('button', { name: 'Go on with the logout' }).click()
  }
  await signIn(page, world)
  await openApplications(page, world)
  await openAtPortal(page, world, ...strangers)
  await page.getByRole('button', { name: 'Log out everywhere' }).click()
  await goOnFromPortal()
  await expect(page.getByText('Partial logout: 2 of 6 service provider sessions did not confirm it.')).toBeVisible()
  await expectSuccess(page)
  await says(page, 'silent', 'did not answer asked by Redirect')
  await says(page, 'refusing', 'says Responder asked by Redirect')
  expect(strangers.map((stranger) => stranger.isSignedIn())).toEqual([false, false, true, true])

  await signIn(page, world)
  await openAtPortal(page, world, post, silent)
  await page.goto(`${post.url}/logout`)
  await goOnFromPortal()
  await backAtRequester(page)
})

test('frames in which everybody answers are over before their time, whoever started the logout', async ({ page }) => {
  await using world = await startWorld('frames')
  const { post, soap, refusing } = world
  await signIn(page, world)
  await openApplications(page, world)
  await openAtPortal(page, world, post, soap, refusing)
  await page.getByRole('button', { name: 'Log out everywhere' }).click()
  await expect(page.getByText('Partial logout: 1 of 5 service provider sessions did not confirm it.')).toBeVisible()
  await expectSuccess(page)
  await says(page, 'refusing', 'says Responder asked by Redirect')

  await signIn(page, world)
  await openAtPortal(page, world, post, refusing)
  await page.goto(`${post.url}/logout`)
  await backAtRequester(page)
})

test.describe('with scripts off', () => {
  test.use({ javaScriptEnabled: false })

  test('frames in which somebody does not answer are over at its time', async ({ page }) => {
    await using world = await startWorld('frames')
    const { lab, soap, silent, refusing } = world
    await signIn(page, world)
    for (const { name } of [soap, silent, refusing]) {
      await page.getByRole('button', { name: `Open ${name}` }).click()
      await page.getByRole('button', { name: 'Continue' }).click()
      await expect(page.getByText(`signed in at ${name}`)).toBeVisible()
      await page.goto(`${lab.idpUrl}/`)
    }
    await page.getByRole('button', { name: 'Log out everywhere' }).click()
    await expect(page.frameLocator('[title="Logout at silent"]').getByText('silent says nothing')).toBeVisible()
    await expect(page.frameLocator('[title="Logout at refusing"]').getByText('says Responder')).toBeVisible()
    await lab.clocks.set('idp', { shiftMs: (participantTimeoutSeconds - 3) * 1_000 })
    // It learns how long it still has to wait, and then goes on by itself.
    await page.reload()
    await expect(page.getByText('Partial logout: 2 of 3 service provider sessions did not confirm it.')).toBeVisible()
    await says(page, 'silent', 'did not answer within 300 s')
    await says(page, 'refusing', 'says Responder asked by Redirect')
  })
})
