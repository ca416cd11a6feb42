import type { Page } from 'playwright'
import { missingField } from './missing-control.ts'
import type { Fields } from './user-agent.ts'

/** Writes into the fields of a page that a person can see, by their names. @throws Error when one is not there */
export async function fillFields(page: Page, fields: Fields): Promise<void> {
  const missing = await page.evaluate(fill, fields)
  if (missing !== undefined) throw missingField(missing)
}

interface BrowserGlobals {
  readonly document: { querySelectorAll(selector: string): Iterable<{ readonly name: string; value: string }> }
}

/** Runs in the page; answers the first name that no field has. */
function fill(fields: Fields): string | undefined {
  const { document } = globalThis as unknown as BrowserGlobals
  const inputs = [...document.querySelectorAll('form input:not([type=hidden])')]
  for (const [name, value] of Object.entries(fields)) {
    const input = inputs.find((each) => each.name === name)
    if (input === undefined) return name
    input.value = value
  }
  return undefined
}
