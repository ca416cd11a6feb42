import { expect, test } from 'playwright/test'
import { startLab } from 'sloop'
import { catalogue, createBrowserAgent, runScenario } from 'sloop/scenarios'

for (const scenario of catalogue) {
  // C103: logout by Redirect in both directions, in a browser.
  test(scenario.title, async ({ context }) => {
    await using lab = await startLab(scenario.given)
    const { differences } = await runScenario(scenario, lab, await createBrowserAgent(context))
    expect(differences).toEqual([])
  })
}
