import type { Page } from 'playwright'

/** The middle of a control, where a person presses it: pixels from the corner of what is shown. */
export interface Spot {
  readonly x: number
  readonly y: number
}

/** What a page has of controls, and where the one is that is looked for; undefined where no visible one has the name, or something lies upon it. */
export interface FoundControl {
  readonly spot: Spot | undefined
  readonly controls: readonly string[]
}

/**
 * Finds a button or a link by the name that a person sees, and scrolls to it. Playwright's locators can do more, for which they bring a program into every page that takes
 * longer than the page itself.
 */
export const findControl = (page: Page, name: string): Promise<FoundControl> => page.evaluate(find, name)

interface Element {
  readonly innerText: string
  checkVisibility(): boolean
  contains(other: Element | null): boolean
  scrollIntoView(options: { block: 'center' | 'nearest' }): void
  getBoundingClientRect(): { x: number; y: number; width: number; height: number }
}

interface BrowserGlobals {
  readonly document: {
    querySelectorAll(selector: string): Iterable<Element>
    elementFromPoint(x: number, y: number): Element | null
  }
}

/** Runs in the page. */
function find(name: string): FoundControl {
  const { document } = globalThis as unknown as BrowserGlobals
  const nameOf = ({ innerText }: Element) => innerText.trim().replace(/\s+/g, ' ')
  const all = [...document.querySelectorAll('a[href], button')].filter((element) => element.checkVisibility())
  const controls = all.map(nameOf)
  const control = all.find((element) => nameOf(element) === name)
  if (control === undefined) return { spot: undefined, controls }
  control.scrollIntoView({ block: 'nearest' })
  const { x, y, width, height } = control.getBoundingClientRect()
  const spot = { x: x + width / 2, y: y + height / 2 }
  return { spot: control.contains(document.elementFromPoint(spot.x, spot.y)) ? spot : undefined, controls }
}
