import { getScenario } from '../catalogue/index.ts'
import { httpBrowsers } from '../drivers/http-browser.ts'
import { tell } from './tell.ts'

/** Tells a story that nobody asked for: much of the product is loaded only when it is used, which makes the first story of a process take twice its time. */
export async function loadProduct(keysFolder: string): Promise<void> {
  const asked = { scenario: getScenario('logout/idp-initiated'), round: 1, rounds: 1 }
  await tell(asked, { openBrowser: httpBrowsers, keysFolder, looks: false })
}
